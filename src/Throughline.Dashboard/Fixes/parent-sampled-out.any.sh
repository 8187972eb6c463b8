# In every service: where a trace begins, a tenth is taken; everybody else follows the parent's decision.
export OTEL_TRACES_SAMPLER=parentbased_traceidratio
export OTEL_TRACES_SAMPLER_ARG=0.1

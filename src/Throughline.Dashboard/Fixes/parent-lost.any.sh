# A larger queue, sent more often. And end the program by SIGTERM, so that it can send what is left.
export OTEL_BSP_MAX_QUEUE_SIZE=8192
export OTEL_BSP_SCHEDULE_DELAY=1000

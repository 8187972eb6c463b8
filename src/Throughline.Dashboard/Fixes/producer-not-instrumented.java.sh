# The agent instruments kafka-clients, Spring for Apache Kafka, Kafka Streams… without a change of code.
export OTEL_SERVICE_NAME=order-service
export OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318
java -javaagent:opentelemetry-javaagent.jar -jar app.jar

# pip install opentelemetry-instrumentation-confluent-kafka
from opentelemetry.instrumentation.confluent_kafka import ConfluentKafkaInstrumentor

# Before Producer is imported: a class that was imported earlier stays as it is.
ConfluentKafkaInstrumentor().instrument()

from confluent_kafka import Producer

producer = Producer({"bootstrap.servers": "kafka:9092"})
producer.produce("orders", value=b"{}")

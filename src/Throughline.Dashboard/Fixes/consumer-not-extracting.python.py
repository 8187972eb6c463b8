# pip install opentelemetry-instrumentation-confluent-kafka
from opentelemetry.instrumentation.confluent_kafka import ConfluentKafkaInstrumentor

# Before Consumer is imported: a class that was imported earlier stays as it is.
ConfluentKafkaInstrumentor().instrument()

from confluent_kafka import Consumer

consumer = Consumer({"bootstrap.servers": "kafka:9092", "group.id": "billing"})
consumer.subscribe(["orders"])
while True:
    record = consumer.poll(1.0)  # starts "orders process", linked to the send; it is current until the next poll
    if record is not None and record.error() is None:
        handle(record)

// Started with -javaagent:opentelemetry-javaagent.jar. The iteration makes each record's span current:
// handle the record inside the loop, on this thread.
for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
  handle(record);

  // Work for another thread takes the context along:
  // executor.execute(Context.current().wrap(() -> handle(record)));
}

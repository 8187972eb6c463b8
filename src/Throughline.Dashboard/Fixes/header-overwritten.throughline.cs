// Send within the record's scope: the copy gets its own send's context in place of the old one.
var record = consumer.Consume(stopping);
using (var scope = consumer.StartProcess(record))
{
    await producer.ProduceAsync("orders.checked", record.Message, stopping);
}

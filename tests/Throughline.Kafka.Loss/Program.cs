using Throughline.Kafka.Loss;
using Throughline.Kafka.Loss.Transactions;

const string Usage = """
    Throughline.Kafka.Loss [transactions] [--records N] [--seconds S] [--members M] [--seed X]

    Sends N records (default 200,000) over S seconds (default 60) to a Kafka of three nodes, has M consumer processes (default 3)
    handle them, and meanwhile kills brokers and consumers, pauses consumers beyond their session, and lets them leave and
    join. Then counts what was lost, what was handled twice, and the spans of both. Exit code 0: nothing was lost.

    With "transactions" the consumers send on what they handle, in transactions (N is 20,000 then), and are killed in the midst
    of them: every record's output must be there exactly once for readers of what is committed.
    """;

switch (args)
{
    case [Member.Argument, .. var place]:
        return await Member.RunAsync(place);
    case [TransactionalMember.Argument, .. var place]:
        return await TransactionalMember.RunAsync(place);
    case ["transactions", .. var given] when LossOptions.OfTransactions.With(given) is { } options:
        return await TransactionsRun.RunAsync(options);
    default:
        if (new LossOptions().With(args) is { } loss)
        {
            return await LossRun.RunAsync(loss);
        }

        Console.Error.WriteLine(Usage);
        return 2;
}

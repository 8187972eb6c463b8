using FsCheck;
using FsCheck.Fluent;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Language;
using Throughline.Server.Internal.Query.Tags;
using Throughline.Server.Internal.Query.TraceQl;

namespace Throughline.Server.Tests.Query;

public sealed class QueryPropertyTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(2000);

    [Fact]
    public void A_condition_printed_and_parsed_is_the_same() =>
        Check.One(Thorough, Prop.ForAll(Queries.Conditions, condition =>
        {
            var text = QueryPrinter.Print(condition);
            Assert.Equal(condition, QueryParser.Parse(text));
        }));

    [Fact]
    public void Own_language_fails_only_with_its_error() => FailsOnlyWithItsError(t => QueryParser.Parse(t));

    [Fact]
    public void Completion_says_what_comes_next_or_why_not_for_any_text() =>
        Check.One(Thorough, Prop.ForAll(Queries.Texts, text =>
            QueryParser.After(text, out var error) is null == error is not null));

    [Fact]
    public void TraceQL_fails_only_with_its_error() => FailsOnlyWithItsError(t => TraceQlParser.Parse("{" + t));

    [Fact]
    public void Logfmt_fails_only_with_its_error() => FailsOnlyWithItsError(t => LogfmtTags.Parse(t));

    /// <summary>And the error names a place in the text, or the one behind its end.</summary>
    private static void FailsOnlyWithItsError(Action<string> parse) =>
        Check.One(Thorough, Prop.ForAll(Queries.Texts, text =>
        {
            try
            {
                parse(text);
            }
            catch (QueryException e)
            {
                Assert.InRange(e.Line, 1, text.Count(c => c == '\n') + 1);
                Assert.InRange(e.Column, 1, text.Length + 2);
                Assert.NotEmpty(e.Message);
            }
        }));
}

namespace LlmCostModel.Tests.Responses;

/// <summary>What a later event of a stream states replaces what an earlier one did; what it does not state stays.</summary>
public sealed class RawUsageTests
{
    private delegate void Setter(ref RawUsage raw);

    private static readonly (string Name, Setter First, Setter Second, Func<RawUsage, object?> Read)[] Fields =
    [
        ("Model", (ref raw) => raw.Model = "a", (ref raw) => raw.Model = "b", raw => raw.Model),
        ("ServedBy", (ref raw) => raw.ServedBy = "a", (ref raw) => raw.ServedBy = "b", raw => raw.ServedBy),
        ("Tier", (ref raw) => raw.Tier = "a", (ref raw) => raw.Tier = "b", raw => raw.Tier),
        ("Kept", (ref raw) => raw.Kept = TimedWrites[0], (ref raw) => raw.Kept = TimedWrites[1], raw => raw.Kept),
        ("UnknownTimeToLive", (ref raw) => raw.UnknownTimeToLive = "a", (ref raw) => raw.UnknownTimeToLive = "b", raw => raw.UnknownTimeToLive),
        ("Speed", (ref raw) => raw.Speed = "a", (ref raw) => raw.Speed = "b", raw => raw.Speed),
        ("Region", (ref raw) => raw.Region = "a", (ref raw) => raw.Region = "b", raw => raw.Region),
        ("Cost", (ref raw) => raw.Cost = 1, (ref raw) => raw.Cost = 2, raw => raw.Cost),
        ("CostCurrency", (ref raw) => raw.CostCurrency = "a", (ref raw) => raw.CostCurrency = "b", raw => raw.CostCurrency),
        ("Upstream", (ref raw) => raw.Upstream = 1, (ref raw) => raw.Upstream = 2, raw => raw.Upstream),
        ("Seconds", (ref raw) => raw.Seconds = 1, (ref raw) => raw.Seconds = 2, raw => raw.Seconds),
        ("Attributes", (ref raw) => raw.Attributes = raw.Attributes with { Quality = "low" },
            (ref raw) => raw.Attributes = raw.Attributes with { Latency = "optimized" }, raw => raw.Attributes.IsEmpty ? null : raw.Attributes),
        ("ResponseId", (ref raw) => raw.Identity = new() { ResponseId = "a" }, (ref raw) => raw.Identity = new() { RequestId = "b" }, raw => raw.Identity.ResponseId),
        .. Enum.GetValues<StatedCount>().Where(count => count is not (StatedCount.None or StatedCount.Count)).Select(count =>
            (count.ToString(), (Setter)((ref raw) => raw.Set(count, 1)), (Setter)((ref raw) => raw.Set(count, 2)), (Func<RawUsage, object?>)(raw => raw.Has(count) ? raw[count] : null))),
    ];

    private static TimedWrite?[] TimedWrites => [.. TimedWrite.All.Take(2)];

    public static TheoryData<string> Names => [.. Fields.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Merge_EveryField_LaterWinsAndSilenceKeeps(string name)
    {
        (_, Setter first, Setter second, Func<RawUsage, object?> read) = Fields.Single(row => row.Name == name);
        RawUsage one = default;
        first(ref one);
        RawUsage two = default;
        second(ref two);
        Assert.NotNull(read(one));
        bool isIdentity = name == "ResponseId"; // of which the first counts, each id for itself

        Assert.Equal(read(one), read(Merged(one, default)));
        Assert.Equal(isIdentity ? read(one) : read(two), read(Merged(one, two)));
        Assert.Equal(read(two), read(Merged(default, two)));
        Assert.Equal(read(one), read(Merged(default, one)));
    }

    /// <summary>The call began when its first event says.</summary>
    [Fact]
    public void Merge_Instants_KeepsTheFirst()
    {
        RawUsage early = new() { At = DateTimeOffset.UnixEpoch };
        RawUsage late = new() { At = DateTimeOffset.UnixEpoch.AddDays(1) };

        Assert.Equal(early.At, Merged(early, late).At);
        Assert.Equal(late.At, Merged(default, late).At);
        Assert.Equal(early.At, Merged(early, default).At);
    }

    /// <summary>Calls of tools stand in the event that also states the usage, where it lists the whole output; of other events they are
    /// parts.</summary>
    [Fact]
    public void Merge_CallsOfTools_AreThoseBesideTheUsage()
    {
        int search = MeterCounts.IndexOf(StatedCount.WebSearch);
        RawUsage two = default;
        two.ItemCounts[search] = 2;
        RawUsage none = new() { Marks = ApiEvidence.Usage };
        RawUsage five = none;
        five.ItemCounts[search] = 5;

        Assert.Equal(2, Merged(two, default).ItemCounts[search]);
        Assert.Equal(0, Merged(default, two).ItemCounts[search]);
        Assert.Equal(5, Merged(two, five).ItemCounts[search]);
        Assert.Equal(0, Merged(five, none).ItemCounts[search]);
    }

    /// <summary>A later list of calls within the call is the whole list, also when it is empty.</summary>
    [Fact]
    public void Merge_CallsWithin_AreThoseOfTheLatestList()
    {
        RawUsage none = new() { HasIterations = true };
        RawUsage one = new() { HasIterations = true, Nested = [new() { Role = CallRole.Advisor, Usage = default }], UnknownIteration = "new" };

        foreach (RawUsage kept in new[] { Merged(one, default), Merged(default, one), Merged(none, one) })
        {
            Assert.Equal((one.Nested, "new", true), (kept.Nested, kept.UnknownIteration, kept.HasIterations));
        }

        RawUsage gone = Merged(one, none);
        Assert.Equal((null, null, true), (gone.Nested, gone.UnknownIteration, gone.HasIterations));
    }

    [Fact]
    public void Merge_Evidence_AddsUp() => Assert.Equal(
        ApiEvidence.Chat | ApiEvidence.Usage | ApiEvidence.Finished,
        Merged(new() { Marks = ApiEvidence.Chat | ApiEvidence.Usage }, new() { Marks = ApiEvidence.Usage | ApiEvidence.Finished }).Marks);

    [Fact]
    public void Identity_FirstIdThatIsThere_IsTheId()
    {
        CallIdentity all = new() { ResponseId = "response", BatchItemId = "item", RequestId = "request" };

        Assert.Equal("response", all.Id);
        Assert.Equal("item", (all with { ResponseId = null }).Id);
        Assert.Equal("request", (all with { ResponseId = null, BatchItemId = null }).ToString());
        Assert.Equal("no id", default(CallIdentity).ToString());
        Assert.Null(default(CallIdentity).Id);

        CallIdentity other = new() { ResponseId = "r2", BatchItemId = "i2", RequestId = "q2" };
        Assert.Equal(all, all.Or(in other));
        Assert.Equal(other, default(CallIdentity).Or(in other));
        Assert.Equal(all, all.Or(default));
    }

    private static RawUsage Merged(RawUsage earlier, RawUsage later)
    {
        earlier.Merge(in later);
        return earlier;
    }
}

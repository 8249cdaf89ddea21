namespace LlmCostModel.Budgets.Redis.Scripts;

/// <summary>The five steps of a store.</summary>
internal sealed class StoreScripts(bool givenTime)
{
    /// <summary>Gets the steps with the server's clock.</summary>
    internal static StoreScripts OfServerTime { get; } = new(givenTime: false);

    /// <summary>Gets the steps with a clock that tests turn.</summary>
    internal static StoreScripts OfGivenTime { get; } = new(givenTime: true);

    internal Script Reserve { get; } = Script.Of("Reserve", givenTime);

    internal Script Settle { get; } = Script.Of("Settle", givenTime);

    internal Script Release { get; } = Script.Of("Release", givenTime);

    internal Script Extend { get; } = Script.Of("Extend", givenTime);

    internal Script Read { get; } = Script.Of("Read", givenTime);
}

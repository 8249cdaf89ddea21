namespace LlmCostModel;

/// <summary>Who sent a request and has to know what became of it: told of each call that it was, and when there will be no more.</summary>
internal interface ICallWitness
{
    /// <summary>Somebody watches the request. Only the first one does.</summary>
    bool TryBegin();

    /// <summary>It was a call, with this cost.</summary>
    void Told(CallCost cost);

    /// <summary>The answer ended, was given up, refused, or never came.</summary>
    void Over();
}

/// <summary>Where a request carries its witness.</summary>
internal static class CallWitness
{
    internal static readonly HttpRequestOptionsKey<ICallWitness> Key = new("LlmCostModel.CallWitness");
}

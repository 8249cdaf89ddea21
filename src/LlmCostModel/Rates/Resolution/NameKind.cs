namespace LlmCostModel;

/// <summary>What an id is to a model, the closest first.</summary>
internal enum NameKind
{
    /// <summary>Its own id.</summary>
    Id,

    /// <summary>One of its aliases.</summary>
    Alias,

    /// <summary>Its id or an alias in another letter case, of a rate card of the user's own.</summary>
    OtherCase,

    /// <summary>A dated snapshot that its rate card, the user's own, does not list.</summary>
    Snapshot,
}

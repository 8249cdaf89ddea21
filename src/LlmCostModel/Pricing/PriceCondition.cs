using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>When a rule applies: every part that is given must hold; within a list, one value suffices. Nothing given means
/// always.</summary>
/// <remarks>Names are compared without regard to case. The type is immutable.</remarks>
public sealed partial record PriceCondition
{
    private readonly EquatableArray<TokenThreshold> _tokens;
    private readonly EquatableArray<string> _tiers;
    private readonly EquatableArray<string> _regions;
    private readonly EquatableArray<string> _providers;
    private readonly EquatableArray<string> _deployments;
    private readonly EquatableArray<string> _accounts;
    private readonly EquatableMap<string, ImmutableArray<string>> _attributes;

    private static readonly ImmutableSortedDictionary<string, ImmutableArray<string>> NoAttributes =
        ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets the condition that always holds.</summary>
    public static PriceCondition Always { get; } = new();

    /// <summary>Gets the bounds on the size of the call; all must hold.</summary>
    public ImmutableArray<TokenThreshold> Tokens { get => _tokens; init => _tokens = value; }

    /// <summary>Gets the service tiers; <c>standard</c> is the tier of a call that names none.</summary>
    public ImmutableArray<string> Tiers { get => _tiers; init => _tiers = value; }

    /// <summary>Gets the regions that served the call: names, prefixes such as <c>eu-*</c>, or <c>*</c> for any region that the call
    /// names; <c>!us</c> and <c>!us-*</c> are left out.
    /// <c>global</c> is not a region, only its full name means it.</summary>
    public ImmutableArray<string> Regions { get => _regions; init => _regions = value; }

    /// <summary>Gets the providers that bill the call; the rate card's own provider counts when the call names none.</summary>
    public ImmutableArray<string> Providers { get => _providers; init => _providers = value; }

    /// <summary>Gets the deployments.</summary>
    public ImmutableArray<string> Deployments { get => _deployments; init => _deployments = value; }

    /// <summary>Gets the credentials or accounts that pay.</summary>
    public ImmutableArray<string> Accounts { get => _accounts; init => _accounts = value; }

    /// <summary>Gets the first instant at which the rule applies; <see langword="null"/> means it always did.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Gets the first instant at which the rule no longer applies; <see langword="null"/> means it still does.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Gets the hours of the week; <see langword="null"/> means all.</summary>
    public WeeklySchedule? Schedule { get; init; }

    /// <summary>Gets the accepted values by attribute name. A call that does not give the attribute leaves the prices that the rule touches
    /// unknown,
    /// unless the price version has a default for it.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Attributes
    {
        get => _attributes.Or(NoAttributes);
        init => _attributes = value?.OrEmpty();
    }
}

using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>One model of one rate card, prepared for estimating.</summary>
internal sealed class CompiledPricing
{
    private readonly CompiledVersion[] _confirmed;
    private readonly CompiledVersion[] _withAnnounced;
    private readonly CompiledVersion? _only;

    internal CompiledPricing(RateCard card, ModelPricing model, bool isUserCard, ImmutableArray<PriceOverlay> overlays)
    {
        Card = card;
        Model = model;
        IsUserCard = isUserCard;
        PriceOverlay[] applicable = [.. overlays.Where(Applies)];
        _withAnnounced = [.. model.Versions.OrderBy(version => version.From ?? DateTimeOffset.MinValue).Select(version => Compile(version, applicable))];
        _confirmed = [.. _withAnnounced.Where(version => version.Version.Status == PriceStatus.Confirmed)];
        _only = _withAnnounced is [{ Version: { From: null, Until: null, Status: PriceStatus.Confirmed } } only] ? only : null;
        PlainRow = _only is { Rules.Length: 0, IsTokensOnly: true, Version.Never.IsEmpty: true } ? _only.RowFor(default) : null;
    }

    internal RateCard Card { get; }

    internal ModelPricing Model { get; }

    internal bool IsUserCard { get; }

    /// <summary>The one row of a model without rules and dates, whose calls need no further question; otherwise <see langword="null"/>.</summary>
    internal PriceRow? PlainRow { get; }

    /// <summary>Whether the instant of a call can change its price, so that the clock has to be asked.</summary>
    internal bool DependsOnTime => _only is null || _only.DependsOnTime;

    internal IReadOnlyList<CompiledVersion> Versions => _withAnnounced;

    /// <summary>The version in force at an instant; <see langword="null"/> when none is.</summary>
    internal CompiledVersion? At(DateTimeOffset instant, bool includeAnnounced)
    {
        if (_only is not null)
        {
            return _only;
        }

        CompiledVersion[] versions = includeAnnounced ? _withAnnounced : _confirmed;
        for (int i = versions.Length - 1; i >= 0; i--)
        {
            PriceVersion version = versions[i].Version;
            if (version.From is null || version.From.Value.UtcTicks <= instant.UtcTicks)
            {
                return version.Until is { } until && until.UtcTicks <= instant.UtcTicks ? null : versions[i];
            }
        }

        return null;
    }

    private bool Applies(PriceOverlay overlay) =>
        (overlay.Hosts.IsEmpty || (Card.Host is not null && overlay.Hosts.Contains(Card.Host, StringComparer.OrdinalIgnoreCase)))
        && (overlay.Models.IsEmpty || overlay.Models.Contains(Model.Id, StringComparer.OrdinalIgnoreCase))
        && (overlay.Currency is null || overlay.Currency.Equals(Card.Currency, StringComparison.OrdinalIgnoreCase));

    private CompiledVersion Compile(PriceVersion version, PriceOverlay[] overlays)
    {
        IEnumerable<CompiledRule> own = version.Rules.Select(rule => new CompiledRule(rule, isOverlay: false, Card.Name, Card.Host, version.Defaults));
        IEnumerable<CompiledRule> added = overlays.SelectMany(overlay =>
            overlay.Rules.Select(rule => new CompiledRule(rule, isOverlay: true, overlay.Name, Card.Host, version.Defaults)));
        CompiledRule[] rules = [.. own, .. added];
        return rules.Length <= CompiledVersion.MaxRules
            ? new CompiledVersion(version, this, rules)
            : throw new RateCardException($"{RateCardValidator.PathOf(Card, Model)}: has {rules.Length} rules with those of overlays; at most {CompiledVersion.MaxRules} are possible. Limit the overlays to the models and hosts that they are meant for.");
    }
}

using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace LlmCostModel;

/// <summary>One model of one rate card, prepared for estimating.</summary>
internal sealed class CompiledPricing
{
    private readonly PriceOverlay[] _overlays;
    private CompiledVersions? _versions;

    internal CompiledPricing(RateCard card, ModelPricing model, bool isUserCard, ImmutableArray<PriceOverlay> overlays)
    {
        Card = card;
        Model = model;
        IsUserCard = isUserCard;
        _overlays = overlays.IsEmpty ? [] : [.. overlays.Where(overlay => overlay.AppliesTo(card, model))];
    }

    private CompiledPricing(CompiledPricing of, string id, string name, IdEvent edge, bool isBefore)
    {
        (Card, IsUserCard, _overlays) = (of.Card, of.IsUserCard, []);
        Model = of.Model with { Id = id, Versions = [] };
        (Edge, EdgeName, IsBeforeEdge) = (edge, name, isBefore);
    }

    internal RateCard Card { get; }

    internal ModelPricing Model { get; }

    internal bool IsUserCard { get; }

    /// <summary>The event because of which there is no price; otherwise <see langword="null"/>.</summary>
    internal IdEvent? Edge { get; }

    /// <summary>The id that the event is of: the model's, or an alias that ends while the model goes on.</summary>
    internal string? EdgeName { get; }

    /// <summary>Whether the id means nothing before the event, instead of from then on.</summary>
    internal bool IsBeforeEdge { get; }

    /// <summary>The model without a price, because of an event in the life of its id.</summary>
    /// <param name="id">The id of the model.</param>
    /// <param name="name">The id that the event is of.</param>
    /// <param name="edge">The event.</param>
    /// <param name="isBefore">Whether there is no price before the event, instead of from then on.</param>
    internal CompiledPricing WithoutPrice(string id, string name, IdEvent edge, bool isBefore) => new(this, id, name, edge, isBefore);

    /// <summary>The one row of a model without rules and dates, whose calls need no further question; otherwise
    /// <see langword="null"/>.</summary>
    internal PriceRow? PlainRow => Compiled.PlainRow;

    /// <summary>Whether the instant of a call can change its price, so that the clock has to be asked.</summary>
    internal bool DependsOnTime => Compiled.DependOnTime;

    internal IReadOnlyList<CompiledVersion> Versions => Compiled.WithAnnounced;

    /// <summary>Made when first asked for: a catalog has hundreds of models, of which a program calls a few.</summary>
    private CompiledVersions Compiled => _versions ?? Interlocked.CompareExchange(ref _versions, Compile(), null) ?? _versions;

    /// <summary>Whether the newest prices were read, or began, on a day or later.</summary>
    internal bool IsReadSince(DateOnly day) =>
        Model.Versions.Any(version =>
            (version.AsOf ?? Card.AsOf) >= day || (version.From is { } from && DateOnly.FromDateTime(from.UtcDateTime) >= day));

    /// <summary>Whether it is the same model of a card in another spelling: at the same prices.</summary>
    internal bool HasPricesOf(CompiledPricing other) => ReferenceEquals(Card, other.Card) && Model.HasPricesOf(other.Model);

    /// <summary>The version in force at an instant; <see langword="null"/> when none is.</summary>
    internal CompiledVersion? At(long utcTicks, bool includeAnnounced) => Compiled.At(utcTicks, includeAnnounced);

    /// <summary>The row that alone prices the tokens of a call; <see langword="null"/> where there is more to it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal PriceRow? FindRow(in TokenUsage usage, in CallContext context, TimeProvider clock)
    {
        CompiledVersions compiled = Compiled;
        long utcTicks = compiled.DependOnTime ? InstantOf(in context, clock) : 0;
        return compiled.At(utcTicks, context.IncludeAnnounced)?.FindRow(in usage, in context, utcTicks);
    }

    /// <summary>The instant of a call in UTC ticks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long InstantOf(in CallContext context, TimeProvider clock) => (context.At ?? clock.GetUtcNow()).UtcTicks;


    private CompiledVersions Compile()
    {
        PriceVersion[] all = [.. Model.Versions.OrderBy(version => version.From ?? DateTimeOffset.MinValue)];
        CompiledVersion[] withAnnounced = Compile(all);
        CompiledVersion? only =
            withAnnounced is [{ Version: { From: null, Until: null, Status: PriceStatus.Confirmed } } single] ? single : null;
        return new CompiledVersions(
            withAnnounced,
            new VersionsInTime(withAnnounced),
            new VersionsInTime(Card.Credit is null
                ? [.. withAnnounced.Where(version => version.Version.Status == PriceStatus.Confirmed)]
                : Compile([.. all.Where(version => version.Status == PriceStatus.Confirmed)])), // which end where the next of them begins
            only,
            only is { Rules.Length: 0, IsTokensOnly: true, Version.Never.IsEmpty: true } ? only.RowFor(default) : null);
    }

    private CompiledVersion[] Compile(PriceVersion[] versions) => Card.Credit is { } credit
        ? [.. CreditPrices.InMoney(versions, credit).Select(pair => Compile(pair.Version, pair.Worth))]
        : [.. versions.Select(version => Compile(version, worth: null))];

    private CompiledVersion Compile(PriceVersion version, CreditWorth? worth)
    {
        List<CompiledRule> rules = [];
        AddRules(version.Rules, isOverlay: false, Card.Name);
        foreach (PriceOverlay overlay in _overlays)
        {
            AddRules(overlay.Rules, isOverlay: true, overlay.Name);
        }

        return new CompiledVersion(version, this, [.. rules]) { Worth = worth };

        void AddRules(ImmutableArray<PriceRule> added, bool isOverlay, string origin)
        {
            foreach (PriceRule rule in added)
            {
                rules.Add(new CompiledRule(rule, rules.Count, isOverlay, origin, Card.Provider, version.Defaults));
            }
        }
    }

    /// <param name="WithAnnounced">All versions by their start.</param>
    /// <param name="AllInTime">The same, to find one by an instant.</param>
    /// <param name="ConfirmedInTime">Those that hold without being asked for.</param>
    /// <param name="Only">The one version of a model without dates.</param>
    /// <param name="PlainRow">The one row of such a version without rules.</param>
    private sealed record CompiledVersions(
        CompiledVersion[] WithAnnounced,
        VersionsInTime AllInTime,
        VersionsInTime ConfirmedInTime,
        CompiledVersion? Only,
        PriceRow? PlainRow)
    {
        internal bool DependOnTime { get; } = Only is not { DependsOnTime: false };

        internal CompiledVersion? At(long utcTicks, bool includeAnnounced) =>
            Only ?? (includeAnnounced ? AllInTime : ConfirmedInTime).Find(utcTicks);
    }
}

using System.Globalization;
using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>The state of an estimator's rates: how many there are, how old, and whether a change was refused. The type is
/// immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<RatesStatus>))]
public sealed record RatesStatus : IJsonValue<RatesStatus>
{
    /// <summary>Gets when the rates in use were loaded.</summary>
    public required DateTimeOffset LoadedAt { get; init; }

    /// <summary>Gets when a later change was refused; <see langword="null"/> when the rates in use are the latest.</summary>
    public DateTimeOffset? RefusedAt { get; init; }

    /// <summary>Gets how many rate cards are in use, the catalog's among them.</summary>
    public int RateCards { get; init; }

    /// <summary>Gets how many of those are the application's own.</summary>
    public int OwnRateCards { get; init; }

    /// <summary>Gets how many models the rate cards have; a model of two providers counts twice.</summary>
    public int Models { get; init; }

    /// <summary>Gets the oldest day on which the prices of a rate card were read; <see langword="null"/> when no card states a
    /// day.</summary>
    public DateOnly? OldestAsOf { get; init; }

    /// <summary>Gets how old prices may be, in days: <see cref="LlmCostModelOptions.MaxRateAgeDays"/>; <see langword="null"/> when
    /// their age is not looked at.</summary>
    public int? MaxRateAgeDays { get; init; }

    /// <summary>Gets what was wrong with the change that was refused; empty when the rates in use are the latest.</summary>
    public IReadOnlyList<string> Faults { get; init => field = EquatableList<string>.Of(value); } = [];

    /// <summary>Gets what is only suspicious about the rates in use.</summary>
    public IReadOnlyList<string> Warnings { get; init => field = EquatableList<string>.Of(value); } = [];

    /// <summary>Gets whether the rates in use are the latest that were given.</summary>
    public bool IsCurrent => RefusedAt is null;

    /// <summary>Determines whether prices are older than <see cref="MaxRateAgeDays"/> at an instant: those of an application that runs for
    /// months were young when it started.</summary>
    /// <param name="now">The instant, usually now.</param>
    /// <returns><see langword="false"/> as well when no age or no day is known.</returns>
    public bool AreStaleAt(DateTimeOffset now) =>
        DateOnly.FromDateTime(now.UtcDateTime).DayNumber - OldestAsOf?.DayNumber > MaxRateAgeDays;

    /// <summary>Shows when the rates were loaded and what is wrong, in the invariant culture.</summary>
    /// <returns>Such as <c>23 rate cards (1 of the application) with 1399 models, the oldest prices of 2026-11-20, loaded at
    /// 2026-11-24T12:00:00Z, 1 warning</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Count(RateCards, "rate card")} ({OwnRateCards} of the application) with {Count(Models, "model")}, ")
        + (OldestAsOf is { } day ? string.Create(CultureInfo.InvariantCulture, $"the oldest prices of {day:yyyy-MM-dd}, ") : "")
        + $"loaded at {AmountFormat.ToText(LoadedAt)}, {Count(Warnings.Count, "warning")}"
        + (RefusedAt is { } refused ? $"; a change was refused at {AmountFormat.ToText(refused)}: {string.Join(" ", Faults)}" : "");

    private static string Count(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static readonly JsonObject<RatesStatus> Shape = new JsonObject<RatesStatus>(() => new() { LoadedAt = default })
        .Required("loadedAt", JsonOf.Instant, value => value.LoadedAt, (owner, value) => owner with { LoadedAt = value })
        .Maybe("refusedAt", JsonOf.Instant, value => value.RefusedAt, (owner, value) => owner with { RefusedAt = value })
        .Optional("rateCards", JsonOf.Int32, value => value.RateCards, (owner, value) => owner with { RateCards = value })
        .Optional("ownRateCards", JsonOf.Int32, value => value.OwnRateCards, (owner, value) => owner with { OwnRateCards = value })
        .Optional("models", JsonOf.Int32, value => value.Models, (owner, value) => owner with { Models = value })
        .Maybe("oldestAsOf", JsonOf.Date, value => value.OldestAsOf, (owner, value) => owner with { OldestAsOf = value })
        .Maybe("maxRateAgeDays", JsonOf.Int32, value => value.MaxRateAgeDays, (owner, value) => owner with { MaxRateAgeDays = value })
        .Optional("faults", JsonOf.List(JsonOf.Text), value => value.Faults, (owner, value) => owner with { Faults = value })
        .Optional("warnings", JsonOf.List(JsonOf.Text), value => value.Warnings, (owner, value) => owner with { Warnings = value });

    static JsonConverter<RatesStatus> IJsonValue<RatesStatus>.Json => Shape;
}

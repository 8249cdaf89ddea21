using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace LlmCostModel;

/// <summary>
/// Holds the index of prices in use and exchanges it when the configuration changes. A change that cannot be right leaves the last good index in place:
/// the options monitor of the framework would throw from then on.
/// </summary>
internal sealed partial class RateStore : IDisposable
{
    private readonly Func<LlmCostModelOptions> _readOptions;
    private readonly IRateCardSource[] _sources;
    private readonly ImmutableArray<IModelIdNormaliser> _normalisers;
    private readonly ILogger _logger;
    private readonly Lock _reloading = new();
    private readonly List<IDisposable> _subscriptions = [];
    private volatile Snapshot _current;
    private volatile PriceIndex _index; // the index of _current, one step nearer for the hot path

    private RateStore(
        Func<LlmCostModelOptions> readOptions,
        IEnumerable<IRateCardSource> sources,
        IEnumerable<IModelIdNormaliser> normalisers,
        TimeProvider clock,
        ILogger logger)
    {
        _readOptions = readOptions;
        _sources = [.. sources];
        _normalisers = [.. normalisers];
        _logger = logger;
        Clock = clock;
        _current = Load();
        _index = _current.Index;
        LogWarnings(_current.Status);
    }

    internal TimeProvider Clock { get; }

    internal PriceIndex Index => _index;

    internal RatesStatus Status => _current.Status;

    internal bool Strict => _current.Strict;

    /// <summary>A store that never reloads.</summary>
    internal static RateStore Create(LlmCostModelOptions options, IReadOnlyCollection<RateCard> more, TimeProvider clock) =>
        Create(options, [new FixedSource(more)], [], clock);

    /// <summary>A store that never reloads.</summary>
    internal static RateStore Create(LlmCostModelOptions options, IEnumerable<IRateCardSource> sources, IEnumerable<IModelIdNormaliser> normalisers, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(normalisers);
        return new RateStore(() => options, sources, normalisers, clock, NullLogger.Instance);
    }

    /// <summary>A store that reads the options of an application and follows their changes.</summary>
    internal static RateStore Create(
        IOptionsFactory<LlmCostModelOptions> factory,
        IEnumerable<IOptionsChangeTokenSource<LlmCostModelOptions>> changes,
        IEnumerable<IRateCardSource> sources,
        IEnumerable<IModelIdNormaliser> normalisers,
        TimeProvider clock,
        ILogger logger)
    {
        RateStore store = new(() => factory.Create(Options.DefaultName), sources, normalisers, clock, logger);
        foreach (IOptionsChangeTokenSource<LlmCostModelOptions> source in changes)
        {
            store._subscriptions.Add(ChangeToken.OnChange(source.GetChangeToken, store.Reload));
        }

        return store;
    }

    /// <summary>Fixes "now", so that everything worked out for one answer is at one instant.</summary>
    internal CallContext Pin(in CallContext context) => context with { At = context.At ?? Clock.GetUtcNow() };

    public void Dispose()
    {
        foreach (IDisposable subscription in _subscriptions)
        {
            subscription.Dispose();
        }
    }

    private void Reload()
    {
        // One at a time, each reading what is configured by then: the last one always sees the latest.
        lock (_reloading)
        {
            try
            {
                Snapshot next = Load();
                _current = next;
                _index = next.Index;
                LogWarnings(next.Status);
            }
            catch (Exception exception) when (exception is OptionsValidationException or RateCardException or InvalidOperationException or FormatException)
            {
                Refuse(exception);
            }
        }
    }

    private void Refuse(Exception exception)
    {
        IReadOnlyList<string> faults = exception switch
        {
            OptionsValidationException validation => [.. validation.Failures],
            RateCardException { Faults.Count: > 0 } card => [.. card.Faults.Select(fault => fault.ToString())],
            _ => [exception.Message],
        };
        Snapshot current = _current;
        if (current.Status.Faults.SequenceEqual(faults))
        {
            return; // The same refusal again, such as the second event of one file write.
        }

        _current = current with { Status = current.Status with { RefusedAt = Clock.GetUtcNow(), Faults = faults } };
        LogRefused(_logger, current.Status.LoadedAt, string.Join(Environment.NewLine, faults));
    }

    private Snapshot Load()
    {
        LlmCostModelOptions options = _readOptions();
        FaultList faults = new();
        RateCard[] added = [.. _sources.OfType<FixedSource>().SelectMany(source => source.Load())];
        OptionsValidation.Validate(options, added, faults);
        RateFault[] errors = [.. faults.All.Where(fault => options.Strict || !fault.IsWarning)];
        if (errors.Length > 0)
        {
            throw new RateCardException(errors);
        }

        PriceIndexSettings settings = new()
        {
            Overlays = [.. options.Overlays.Values],
            Deployments = options.Deployments.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase),
            Normalisers = _normalisers,
            WeakestMatch = options.WeakestMatch,
            Strict = options.Strict,
            Clock = Clock,
        };
        ImmutableArray<RateCard> catalog = [.. _sources.Where(source => source is not FixedSource).SelectMany(source => source.Load())];
        PriceIndex index = new([.. options.RateCards.Values, .. added], catalog, settings);
        DateTimeOffset now = Clock.GetUtcNow();
        RatesStatus status = new() { LoadedAt = now, Warnings = [.. faults.All.Select(fault => fault.ToString()), .. Stale([.. index.UserCards, .. index.CatalogCards], options.MaxRateAgeDays, now)] };
        return new Snapshot(index, status, options.Strict);
    }

    private static IEnumerable<string> Stale(IEnumerable<RateCard> cards, int? maxDays, DateTimeOffset now) =>
        from card in cards
        let days = DateOnly.FromDateTime(now.UtcDateTime).DayNumber - card.AsOf?.DayNumber
        where days > maxDays
        select string.Create(CultureInfo.InvariantCulture, $"Rate card '{card.Name}': its prices are of {card.AsOf:yyyy-MM-dd}, {days} days ago, more than the {maxDays} of MaxRateAgeDays. Compare them with {card.Source ?? "the provider's page"} and load newer ones.");

    private void LogWarnings(RatesStatus status)
    {
        foreach (string warning in status.Warnings)
        {
            LogSuspicious(_logger, warning);
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Suspicious rate: {Warning}")]
    private static partial void LogSuspicious(ILogger logger, string warning);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "A change of the rates was refused; those loaded at {LoadedAt} stay in use. Faults:\n{Faults}")]
    private static partial void LogRefused(ILogger logger, DateTimeOffset loadedAt, string faults);

    private sealed record Snapshot(PriceIndex Index, RatesStatus Status, bool Strict);

    /// <summary>Cards given in code beside the options; they are the user's own.</summary>
    private sealed class FixedSource(IReadOnlyCollection<RateCard> cards) : IRateCardSource
    {
        public IReadOnlyList<RateCard> Load() => [.. cards];
    }
}

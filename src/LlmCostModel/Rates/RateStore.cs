using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace LlmCostModel;

/// <summary>
/// Holds the prices in use and exchanges them when the configuration changes. A change that is invalid leaves the last good prices in
/// place:
/// the options monitor of the framework would throw from then on.
/// </summary>
internal sealed partial class RateStore : IDisposable
{
    private readonly Func<CheckedOptions> _readOptions;
    private readonly ImmutableArray<RateCard> _userCards;
    private readonly ImmutableArray<IRateCardSource> _sources;
    private readonly ImmutableArray<IModelIdNormalizer> _normalizers;
    private readonly ILogger _logger;
    private readonly Lock _reloading = new();
    private readonly List<IDisposable> _subscriptions = [];
    private volatile Snapshot _current;
    private volatile PriceIndex _index; // the index of _current, one step nearer for the hot path

    private RateStore(
        Func<CheckedOptions> readOptions,
        IReadOnlyList<RateCard> userCards,
        IEnumerable<IRateCardSource> sources,
        IEnumerable<IModelIdNormalizer> normalizers,
        TimeProvider clock,
        ILogger logger)
    {
        _readOptions = readOptions;
        _userCards = [.. userCards];
        _sources = [.. sources];
        _normalizers = [.. normalizers];
        _logger = logger;
        Clock = clock;
        _current = Load();
        _index = _current.Index;
        LogLoaded(_current.Status);
    }

    internal TimeProvider Clock { get; }

    internal PriceIndex Index => _index;

    internal RatesStatus Status => _current.Status;

    internal bool Strict => _current.Strict;

    /// <summary>A store that never reloads.</summary>
    /// <param name="options">The options.</param>
    /// <param name="userCards">The user's own cards in addition to those of the options.</param>
    /// <param name="sources">Where further cards come from, which the user's own win over.</param>
    /// <param name="normalizers">What reads ids that are in no card as they stand.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="RateCardException">Something about the rates is invalid.</exception>
    internal static RateStore Create(
        LlmCostModelOptions options,
        IReadOnlyList<RateCard> userCards,
        IEnumerable<IRateCardSource> sources,
        IEnumerable<IModelIdNormalizer> normalizers,
        TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(normalizers);
        return new RateStore(() => CheckedOptions.Check(options, userCards), userCards, sources, normalizers, clock, NullLogger.Instance);
    }

    /// <summary>A store that reads the options of an application and follows their changes.</summary>
    /// <exception cref="OptionsValidationException">Something about the options is invalid.</exception>
    internal static RateStore Create(
        IOptionsFactory<LlmCostModelOptions> factory,
        IEnumerable<IOptionsChangeTokenSource<LlmCostModelOptions>> changes,
        IEnumerable<IRateCardSource> sources,
        IEnumerable<IModelIdNormalizer> normalizers,
        TimeProvider clock,
        ILogger logger)
    {
        RateStore store = new(() => CheckedOptions.Create(factory), [], sources, normalizers, clock, logger);
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
                LogLoaded(next.Status);
            }
            catch (Exception exception)
            {
                // Whatever it is: the code of sources and of the application runs in here, and the thread that tells of a change could do
                // nothing about it.
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

    /// <summary>The one place where rates come into use: the options are configured and validated once, then copied into an index that
    /// nothing changes.</summary>
    private Snapshot Load()
    {
        (LlmCostModelOptions options, IReadOnlyList<InputFault> warnings) = _readOptions();
        ImmutableArray<RateCard> catalog = LoadSources();
        PriceIndexSettings settings = new()
        {
            Overlays = [.. options.Overlays.Values],
            Deployments = options.Deployments.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase),
            Normalizers = _normalizers,
            WeakestMatch = options.WeakestMatch,
            Strict = options.Strict,
            Clock = Clock,
        };
        PriceIndex index = new([.. options.RateCards.Values, .. _userCards], catalog, settings);
        DateTimeOffset now = Clock.GetUtcNow();
        IEnumerable<string> stale = RateAge.Warn([.. index.UserCards, .. index.CatalogCards], options.MaxRateAgeDays, now);
        RatesStatus status = new()
        {
            LoadedAt = now,
            RateCards = index.UserCards.Length + index.CatalogCards.Length,
            OwnRateCards = index.UserCards.Length,
            Models = index.UserCards.Sum(card => card.Models.Length) + index.CatalogCards.Sum(card => card.Models.Length),
            OldestAsOf = RateAge.FindOldest([.. index.UserCards, .. index.CatalogCards]),
            MaxRateAgeDays = options.MaxRateAgeDays,
            Warnings =
            [
                .. warnings.Concat(index.Warnings).Select(warning => warning.ToString()),
                .. RateAge.WarnOfFuture(index.UserCards, now),
                .. stale,
                .. FindDeploymentsWithoutPrice(index, options),
            ],
        };
        return new Snapshot(index, status, options.Strict);
    }

    /// <summary>Sources promise valid cards, so nothing is checked but what would fail at every call, far from its cause.</summary>
    private ImmutableArray<RateCard> LoadSources()
    {
        FaultList faults = new();
        CompletenessValidator completeness = new(faults);
        List<RateCard> cards = [];
        foreach (IRateCardSource source in _sources)
        {
            cards.AddRange(source.Load().Where(card => completeness.Validate(card, source.GetType().Name)));
        }

        return faults.HasErrors ? throw new RateCardException(faults.All) : [.. cards];
    }

    /// <summary>A deployment of a model that no card has would be found out by the first call only.</summary>
    private static IEnumerable<string> FindDeploymentsWithoutPrice(PriceIndex index, LlmCostModelOptions options) =>
        from name in options.Deployments.Keys
        let issue = index.Find(name, default).Issue
        where issue is not null
        select issue.Message;

    private void LogLoaded(RatesStatus status)
    {
        LogInUse(_logger, status);
        foreach (string warning in status.Warnings)
        {
            LogSuspicious(_logger, warning);
        }
    }

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "Rates in use: {Rates}")]
    private static partial void LogInUse(ILogger logger, RatesStatus rates);

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Check the rates: {Warning}")]
    private static partial void LogSuspicious(ILogger logger, string warning);

    [LoggerMessage(
        EventId = 2,
        Level = LogLevel.Error,
        Message = "A change of the rates was refused; those loaded at {LoadedAt} stay in use. Faults:\n{Faults}")]
    private static partial void LogRefused(ILogger logger, DateTimeOffset loadedAt, string faults);

    private sealed record Snapshot(PriceIndex Index, RatesStatus Status, bool Strict);
}

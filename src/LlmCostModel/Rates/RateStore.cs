using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace LlmCostModel;

/// <summary>
/// Holds the prices in use and exchanges them when the configuration changes. A change that is invalid, or that takes away what was there,
/// leaves the last good prices in place: the options monitor of the framework would throw from then on.
/// </summary>
internal sealed partial class RateStore : IDisposable
{
    /// <summary>How often a provider of configuration is asked whether it emptied itself.</summary>
    private static readonly TimeSpan LossInterval = TimeSpan.FromSeconds(2);

    private readonly RateLoader _loader;
    private readonly ILogger _logger;
    private readonly Lock _reloading = new();
    private readonly List<IDisposable> _subscriptions = [];
    private volatile LoadedRates _current;
    private volatile PriceIndex _index; // the index of _current, one step nearer for the hot path
    private bool _isLoading; // under _reloading
    private bool _isChanged; // under _reloading: what was being loaded reported a change itself
    private int _lostParts;

    private RateStore(RateLoader loader, IEnumerable<IOptionsChangeTokenSource<LlmCostModelOptions>> changes, ILogger logger)
    {
        _loader = loader;
        _logger = logger;
        lock (_reloading)
        {
            try
            {
                // Before loading: what changes from here on is waiting at the lock, and loaded again.
                _isLoading = true;
                foreach (IOptionsChangeTokenSource<LlmCostModelOptions> source in changes)
                {
                    _subscriptions.Add(ChangeToken.OnChange(source.GetChangeToken, Reload));
                }

                _current = loader.Load();
                _index = _current.Index;
                _isLoading = false;
            }
            catch
            {
                Dispose();
                throw;
            }

            LogLoaded(_current.Status);
            if (_isChanged)
            {
                Reload();
            }
        }

        if (!_current.Parts.IsEmpty)
        {
            _subscriptions.Add(Clock.CreateTimer(_ => FindLostParts(), null, LossInterval, LossInterval));
        }
    }

    internal TimeProvider Clock => _loader.Clock;

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
        RateLoader loader = new(() => CheckedOptions.Check(options, userCards), userCards, sources, normalizers, clock);
        return new RateStore(loader, [], NullLogger.Instance);
    }

    /// <summary>A store that reads the options of an application and follows their changes.</summary>
    /// <exception cref="OptionsValidationException">Something about the options is invalid.</exception>
    internal static RateStore Create(
        IOptionsFactory<LlmCostModelOptions> factory,
        IEnumerable<IOptionsChangeTokenSource<LlmCostModelOptions>> changes,
        IEnumerable<IRateCardSource> sources,
        IEnumerable<IModelIdNormalizer> normalizers,
        TimeProvider clock,
        ILogger logger) =>
        new(new RateLoader(() => CheckedOptions.Create(factory), [], sources, normalizers, clock), changes, logger);

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
            if (_isLoading)
            {
                _isChanged = true; // The code that is being run tells of a change itself; one more time is enough for it.
                return;
            }

            (_isLoading, _isChanged) = (true, false);
            Exchange();
            if (_isChanged)
            {
                Exchange();
            }

            _isLoading = _isChanged = false;
        }
    }

    private void Exchange()
    {
        try
        {
            LoadedRates before = _current;
            LoadedRates next = _loader.Load();
            if (RateLosses.Find(before, next) is { Count: > 0 } losses)
            {
                throw new RateCardException(losses);
            }

            _current = next;
            _index = next.Index;
            _lostParts = 0;
        }
        catch (Exception exception)
        {
            // Whatever it is: the code of sources and of the application runs in here, and the thread that tells of a change could do
            // nothing about it.
            Refuse(exception);
            return;
        }

        LogLoaded(_current.Status);
    }

    /// <summary>A provider of files that finds its file damaged empties itself without a word. The reload that this sets off says so.
    /// </summary>
    private void FindLostParts()
    {
        try
        {
            int lost = _current.Parts.Count(part => part.IsLost);
            if (lost != Interlocked.Exchange(ref _lostParts, lost) && lost > 0)
            {
                Reload();
            }
        }
        catch (Exception)
        {
            // A provider that is being written to cannot be searched; nothing that happens here may end the process.
        }
    }

    private void Refuse(Exception exception)
    {
        string[] faults = exception switch
        {
            OptionsValidationException validation => [.. validation.Failures],
            RateCardException { Faults.Count: > 0 } card => [.. card.Faults.Select(fault => fault.ToString())],
            _ => [],
        };
        faults = faults.Length > 0 ? faults : [exception.Message];
        LoadedRates current = _current;
        if (current.Status.Faults.SequenceEqual(faults))
        {
            return; // The same refusal again, such as the second event of one file write.
        }

        _current = current with { Status = current.Status with { RefusedAt = Clock.GetUtcNow(), Faults = faults } };
        Log(() => LogRefused(_logger, AmountFormat.ToText(current.Status.LoadedAt), string.Join(Environment.NewLine, faults)));
    }

    private void LogLoaded(RatesStatus status) => Log(() =>
    {
        LogInUse(_logger, status);
        foreach (string warning in status.Warnings)
        {
            LogSuspicious(_logger, warning);
        }
    });

    /// <summary>A log that fails, such as one on a full disk, must not keep new prices out.</summary>
    private static void Log(Action write)
    {
        try
        {
            write();
        }
        catch (Exception)
        {
            // There is nobody to tell; Rates has all of it.
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
    private static partial void LogRefused(ILogger logger, string loadedAt, string faults);
}

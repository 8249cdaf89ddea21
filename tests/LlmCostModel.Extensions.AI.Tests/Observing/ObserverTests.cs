using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Extensions.AI.Tests.Observing;

public sealed class ObserverTests
{
    private readonly Ledger _ledger = new();

    [Fact]
    public async Task Background_Disposed_HasToldEverythingInOrder()
    {
        Slow slow = new();
        CallCost cost = await OneCallAsync();
        await using (BackgroundCostObserver observer = new(slow))
        {
            for (int i = 0; i < 1_000; i++)
            {
                observer.OnCallCompleted(cost with { Operation = $"{i}" });
            }
        }

        Assert.Equal(Enumerable.Range(0, 1_000).Select(i => $"{i}"), slow.Told.Select(one => one.Operation));
    }

    [Fact]
    public async Task Background_Full_CountsWhatItDrops()
    {
        CallCost cost = await OneCallAsync();
        Blocked blocked = new();
        BackgroundCostObserver observer = new(blocked, capacity: 2);
        observer.OnCallCompleted(cost);
        await blocked.Begun.Task; // the first is being told

        for (int i = 0; i < 5; i++)
        {
            observer.OnCallCompleted(cost);
        }

        Assert.Equal(3, observer.Dropped); // of five, two wait
        blocked.Release.SetResult();
        await observer.DisposeAsync();
        Assert.Equal((3, 3), (blocked.Told, observer.Dropped));
        observer.OnCallCompleted(cost);
        Assert.Equal(4, observer.Dropped);
    }

    [Fact]
    public async Task Background_ObserverThrowing_GoesOnAndCounts()
    {
        CallCost cost = await OneCallAsync();
        BackgroundCostObserver observer = new(new Throwing());
        observer.OnCallCompleted(cost);
        observer.OnCallCompleted(cost);

        await observer.DisposeAsync();

        Assert.Equal((2, 0), (observer.Failed, observer.Dropped));
    }

    /// <summary>A host that stops has told everything, each call in a scope of its own, under validation of scopes.</summary>
    [Fact]
    public async Task Async_InAHost_IsToldInScopesBeforeItStops()
    {
        Context.Made.Clear();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.ConfigureContainer(new DefaultServiceProviderFactory(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true }));
        builder.Services.AddSingleton<ICostEstimator>(TestRates.Estimator).AddScoped<Context>().AddAsyncCostObserver<Scoped>().AddAsyncCostObserver<Scoped>();
        builder.Services.AddChatClient(new ScriptedChatClient(1_000, 100)).UseCostTracking();
        using (IHost host = builder.Build())
        {
            await host.StartAsync();
            IChatClient client = host.Services.GetRequiredService<IChatClient>();
            for (int i = 0; i < 20; i++)
            {
                await client.GetResponseAsync("Hello?");
            }

            await host.StopAsync();
            Assert.Equal(20, Context.Made.Count(context => context is { Costs: 1, IsDisposed: true }));
        }

        Assert.Equal(20, Context.Made.Count);
    }

    [Fact]
    public async Task Scoped_UnderValidation_GetsAScopeForEachCall()
    {
        ScopedLedger.Made.Clear();
        using ServiceProvider services = new ServiceCollection().AddScoped<ICostObserver, ScopedLedger>().AddSingleton<ICostObserver>(_ledger)
            .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
        using IChatClient client = new ScriptedChatClient(1_000, 100).AsBuilder().UseCostTracking(TestRates.Estimator).Build(services);
        ScopedLedger.Made.Clear(); // those by which the lifetime was found out

        await client.GetResponseAsync("Hello?");
        await client.GetResponseAsync("Hello?");

        Assert.Equal([1, 1], ScopedLedger.Made.Select(one => one.Costs));
        Assert.Equal(2, _ledger.Costs.Length);
    }

    [Fact]
    public async Task Keyed_EstimatorAndObserver_AreThoseOfTheKey()
    {
        CostEstimator own = new(RateCardJson.Parse("""{ "Currency": "USD", "Models": { "gpt-test": { "PerMillionTokens": { "Input": 1, "Output": 1 } } } }"""u8.ToArray(), "own.json"));
        using ServiceProvider services = new ServiceCollection().AddSingleton<ICostEstimator>(TestRates.Estimator).AddKeyedSingleton<ICostEstimator>("own", own)
            .AddKeyedSingleton<ICostObserver>("own", _ledger).BuildServiceProvider();
        using IChatClient client = new ScriptedChatClient(1_000, 100).AsBuilder().UseCostTracking(configure: options => options.ServiceKey = "own").Build(services);

        await client.GetResponseAsync("Hello?");

        Assert.Equal("0.0011 USD", Assert.Single(_ledger.Costs).Total.ToString()); // 1,000 + 100 millionths
    }

    [Fact]
    public void Keyed_NoSuchEstimator_SaysSo()
    {
        using ServiceProvider services = new ServiceCollection().AddSingleton<ICostEstimator>(TestRates.Estimator).BuildServiceProvider();

        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(
            () => new ScriptedChatClient(1, 1).AsBuilder().UseCostTracking(configure: options => options.ServiceKey = "own").Build(services));

        Assert.Equal("No ICostEstimator with the key 'own' of CostTrackingOptions.ServiceKey. Register one with AddKeyedSingleton.", exception.Message);
    }

    /// <summary>A reason that names the instant is another with every call; its kind is not.</summary>
    [Fact]
    public async Task Unpriced_ReasonsWithInstants_AreLoggedOncePerModelAndKind()
    {
        FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero));
        ListLogger log = new();
        using ServiceProvider services = new ServiceCollection().AddSingleton<ILoggerFactory>(log).AddSingleton<TimeProvider>(clock).BuildServiceProvider();
        CostEstimator past = new(RateCardJson.Parse(
            """{ "Currency": "USD", "Models": { "gpt-test": { "Versions": [ { "From": "2025-01-01", "Until": "2025-02-01", "PerMillionTokens": { "Input": 2, "Output": 8 } } ] } } }"""u8.ToArray(), "past.json"));
        using IChatClient client = new ScriptedChatClient(1, 1).AsBuilder().UseCostTracking(past).Build(services);

        for (int i = 0; i < 100; i++)
        {
            await client.GetResponseAsync("Hello?");
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Single(log.Messages);
    }

    /// <summary>Beyond 1,000 models one new one a minute is said, and from the next hour on all again.</summary>
    [Fact]
    public async Task Unpriced_MoreModelsThanAreRemembered_AreStillSaid()
    {
        FakeTimeProvider clock = new();
        ListLogger log = new();
        using ServiceProvider services = new ServiceCollection().AddSingleton<ILoggerFactory>(log).AddSingleton<TimeProvider>(clock).BuildServiceProvider();
        int model = 0;
        using IChatClient client = new ScriptedChatClient(_ => ScriptedChatClient.Answer(1, 1, $"acme-{++model}")).AsBuilder().UseCostTracking(TestRates.Estimator).Build(services);

        for (int i = 0; i < 1_100; i++)
        {
            await client.GetResponseAsync("Hello?");
        }

        Assert.Equal(1_001, log.Messages.Count);
        clock.Advance(TimeSpan.FromMinutes(1));
        await client.GetResponseAsync("Hello?");
        Assert.Contains("'acme-1101'", log.Messages[^1], StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromHours(1));
        await client.GetResponseAsync("Hello?");
        await client.GetResponseAsync("Hello?");
        Assert.Contains("'acme-1103'", log.Messages[^1], StringComparison.Ordinal);
    }

    internal static async Task<CallCost> OneCallAsync()
    {
        using IChatClient client = new ScriptedChatClient(1_000, 100).AsBuilder().UseCostTracking(TestRates.Estimator).Build();
        return Assert.Single((await client.GetResponseAsync("Hello?")).GetCallCosts());
    }

    private sealed class Slow : IAsyncCostObserver
    {
        internal ConcurrentQueue<CallCost> Told { get; } = new();

        public async ValueTask OnCallCompletedAsync(CallCost cost, CancellationToken cancellationToken)
        {
            await Task.Yield();
            Told.Enqueue(cost);
        }
    }

    private sealed class Blocked : IAsyncCostObserver
    {
        internal TaskCompletionSource Begun { get; } = new();

        internal TaskCompletionSource Release { get; } = new();

        internal int Told { get; private set; }

        public async ValueTask OnCallCompletedAsync(CallCost cost, CancellationToken cancellationToken)
        {
            Begun.TrySetResult();
            await Release.Task;
            Told++;
        }
    }

    private sealed class Throwing : IAsyncCostObserver
    {
        public ValueTask OnCallCompletedAsync(CallCost cost, CancellationToken cancellationToken) => throw new InvalidOperationException("broken");
    }

    private sealed class Context : IAsyncDisposable
    {
        public Context() => Made.Add(this);

        internal static ConcurrentBag<Context> Made { get; } = [];

        internal int Costs { get; set; }

        internal bool IsDisposed { get; private set; }

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Scoped(Context context) : IAsyncCostObserver
    {
        public async ValueTask OnCallCompletedAsync(CallCost cost, CancellationToken cancellationToken)
        {
            await Task.Delay(1, cancellationToken);
            context.Costs++;
        }
    }

    private sealed class ScopedLedger : ICostObserver
    {
        public ScopedLedger() => Made.Add(this);

        internal static List<ScopedLedger> Made { get; } = [];

        internal int Costs { get; private set; }

        public void OnCallCompleted(CallCost cost) => Costs++;
    }
}

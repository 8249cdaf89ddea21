using System.Diagnostics;
using System.Globalization;
using LlmCostModel.Planning;

namespace LlmCostModel.Benchmarks;

/// <summary>A simulation of millions of requests, once: how long it takes, and that memory follows the live blocks, not the requests.</summary>
internal static class SimulationRun
{
    /// <summary>Writes one line after a tenth of the requests and one after all.</summary>
    /// <param name="requests">How many requests to send.</param>
    internal static void Run(int requests)
    {
        CacheSimulator simulator = new(new PrefixCachePolicy { TimeToLive = TimeSpan.FromMinutes(5) });
        Stopwatch clock = Stopwatch.StartNew();
        long read = 0;
        int sent = 0;
        foreach (PromptRequest request in SimulatedTraffic.Generate(requests))
        {
            read += simulator.Send(request).CacheRead;
            if (++sent == requests / 10 || sent == requests)
            {
                double seconds = clock.Elapsed.TotalSeconds;
                double blocks = (double)sent * SimulatedTraffic.Blocks / seconds;
                double heap = GC.GetTotalMemory(forceFullCollection: true) / 1e6;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{sent:N0} requests of {SimulatedTraffic.Blocks} blocks in {seconds:F0} s, {blocks / 1e6:F1} million blocks a second, {heap:F0} MB then in use, {read:N0} tokens read"));
            }
        }

        GC.KeepAlive(simulator);
    }
}

using BenchmarkDotNet.Attributes;
using LlmCostModel.Planning;

namespace LlmCostModel.Benchmarks;

/// <summary>Simulates requests of 20 blocks.</summary>
[MemoryDiagnoser]
public class CacheSimulatorBenchmarks
{
    private const int Requests = 20_000;
    private const int Blocks = SimulatedTraffic.Blocks;
    private readonly PromptRequest[] _requests = [.. SimulatedTraffic.Generate(Requests)];

    /// <summary>The least that any simulator does: one look-up in a set per block.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Requests * Blocks)]
    public int Set_Add()
    {
        HashSet<UInt128> seen = [];
        foreach (PromptRequest request in _requests)
        {
            foreach (PromptSegment block in request.Prompt)
            {
                seen.Add(block.Content);
            }
        }

        return seen.Count;
    }

    /// <summary>Prefix blocks that expire.</summary>
    [Benchmark(OperationsPerInvoke = Requests * Blocks)]
    public long Send_PrefixBlocks() => Simulate(new PrefixCachePolicy { TimeToLive = TimeSpan.FromMinutes(5) });

    /// <summary>Prefix blocks in a cache of 50,000.</summary>
    [Benchmark(OperationsPerInvoke = Requests * Blocks)]
    public long Send_PrefixBlocksWithCapacity() => Simulate(new PrefixCachePolicy { CapacityBlocks = 50_000 });

    /// <summary>Entries at the end of every prompt.</summary>
    [Benchmark(OperationsPerInvoke = Requests * Blocks)]
    public long Send_Entries() => Simulate(CachePolicies.Anthropic5m);

    private long Simulate(CachePolicy policy)
    {
        CacheSimulator simulator = new(policy);
        long read = 0;
        foreach (PromptRequest request in _requests)
        {
            read += simulator.Send(request).CacheRead;
        }

        return read;
    }
}

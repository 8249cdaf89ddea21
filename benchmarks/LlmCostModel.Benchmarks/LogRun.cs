using System.Diagnostics;

namespace LlmCostModel.Benchmarks;

internal static class LogRun
{
    public static void Run()
    {
        LogReaderBenchmarks b = new();
        b.SetUp();
        (string, Action)[] runs = [("walk", () => b.Walk()), ("read", () => b.Read()), ("price", () => b.ReadAndPrice()), ("sum", () => b.ReadPriceAndSum())];
        for (int round = 0; round < 6; round++)
        {
            double baseline = 0;
            foreach ((string name, Action run) in runs)
            {
                long allocated = GC.GetAllocatedBytesForCurrentThread();
                Stopwatch watch = Stopwatch.StartNew();
                for (int i = 0; i < 5; i++)
                {
                    run();
                }

                double each = watch.Elapsed.TotalNanoseconds / 500_000;
                baseline = baseline == 0 ? each : baseline;
                Console.WriteLine($"{name} {each:0} ns, {each / baseline:0.00}x, {(GC.GetAllocatedBytesForCurrentThread() - allocated) / 500_000} B");
            }
        }
    }
}

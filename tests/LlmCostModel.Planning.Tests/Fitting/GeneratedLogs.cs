using static LlmCostModel.Planning.Tests.Fitting.LogBuilder;

namespace LlmCostModel.Planning.Tests.Fitting;

/// <summary>Logs of worlds whose truth is known: four to ten weeks of one to three models, each with weekdays or without, with a trend,
/// noise from day to day that may last, a level that wanders, and sessions whose prompts, hits and lengths differ.</summary>
internal static class GeneratedLogs
{
    private static readonly double[] Workweek = [1.15, 1.1, 1.1, 1.05, 0.95, 0.3, 0.2];

    internal static LogBuilder Make(int seed)
    {
        Random random = new(seed);
        LogBuilder log = new(random.Next(28, 71), new DateOnly(2026, 6, 1).DayNumber + random.Next(7));
        int lines = random.Next(1, 4);
        for (int line = 0; line < lines; line++)
        {
            Generate(log, line, random);
        }

        return log;
    }

    private static void Generate(LogBuilder log, int line, Random random)
    {
        double sessions = Math.Exp(Between(random, Math.Log(8), Math.Log(120))), length = Between(random, 1, 6);
        double noise = Between(random, 0, 0.3), kept = random.Next(2) == 0 ? 0 : 0.5, state = 0;
        double growth = random.Next(3) == 0 ? 0 : 0.07 * Normal(random);
        double walk = random.Next(2) == 0 ? 0 : Between(random, 0, 0.025), level = 0;
        bool isWeekly = random.Next(2) == 0;
        double prompt = Between(random, 500, 8_000), spread = Between(random, 0.2, 0.9), output = Between(random, 100, 900);
        double hits = random.Next(3) == 0 ? 0 : Between(random, 0.2, 0.9);
        for (int day = 0; day < log.Days + Ahead; day++)
        {
            state = (kept * state) + (Math.Sqrt(1 - (kept * kept)) * Normal(random));
            level += walk * Normal(random);
            double expected = sessions * Math.Exp(level + (growth * day / DailyModel.DaysOfMonth) + (noise * state) - (noise * noise / 2))
                * (isWeekly ? Workweek[(log.FirstDay + day) % 7] : 1);
            int count = Poisson(random, expected);
            for (int session = 0; session < count; session++)
            {
                int calls = 1 + Poisson(random, length - 1);
                double factor = Math.Exp((spread * Normal(random)) - (spread * spread / 2));
                double share = hits == 0 ? 0 : 1 / (1 + ((1 - hits) / hits * Math.Exp(0.7 * Normal(random))));
                ulong cluster = (ulong)random.NextInt64();
                for (int call = 0; call < calls; call++)
                {
                    long tokens = (long)(prompt * factor * Between(random, 0.7, 1.3)), read = (long)(tokens * share);
                    long made = (long)(-output * Math.Log(1 - random.NextDouble()));
                    log.Add(line, day, random.Next(86_400), cluster, new() { Input = tokens - read, CacheRead = read, Output = made });
                }
            }
        }
    }
}

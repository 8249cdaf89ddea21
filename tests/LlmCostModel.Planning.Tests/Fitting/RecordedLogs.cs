using System.Globalization;
using System.Text.Json;
using LlmCostModel.TestData;
using static LlmCostModel.Planning.Tests.Fitting.LogBuilder;

namespace LlmCostModel.Planning.Tests.Fitting;

/// <summary>Logs made of recorded traffic: what the data does not have, days after days, is drawn from it with replacement.</summary>
internal static class RecordedLogs
{
    private const int Clients = 12;
    private const int WindowsOfDay = 144;
    private const double CallsOfDay = 250;
    private static readonly double[] Workweek = [1.2, 1.2, 1.15, 1.15, 1, 0.3, 0.25];

    private static readonly Lazy<Client[]> ServeGenClients = new(ReadClients);
    private static readonly Lazy<(long Input, long Read, long Output)[][]> Sessions = new(ReadSessions);

    /// <summary>DeepSeek-R1 at Alibaba (ServeGen): twelve clients of one day, of which each day has four of five, at their own hours and
    /// with their own burstiness and lengths. The log knows no sessions.</summary>
    internal static LogBuilder ServeGen(int seed)
    {
        Random random = new(seed);
        LogBuilder log = new(random.Next(28, 57), new DateOnly(2026, 6, 1).DayNumber);
        Client[] chosen = [.. random.GetItems(ServeGenClients.Value, Clients)];
        double scale = CallsOfDay / chosen.Sum(client => client.Rates.Sum());
        for (int day = 0; day < log.Days + Ahead; day++)
        {
            foreach (Client client in chosen)
            {
                if (random.Next(5) == 0)
                {
                    continue;
                }

                for (int window = 0; window < WindowsOfDay; window++)
                {
                    double cv = client.Variations[window];
                    double busy = cv <= 1 ? 1 : Math.Exp((Math.Log(cv) * Normal(random)) - (Math.Log(cv) * Math.Log(cv) / 2));
                    int calls = Poisson(random, client.Rates[window] * scale * busy);
                    for (int call = 0; call < calls; call++)
                    {
                        (long input, long output) = client.Draw(window, random);
                        log.Add(2, day, (window * 600) + random.Next(600), null, new() { Input = input, Output = output });
                    }
                }
            }
        }

        return log;
    }

    /// <summary>Sessions of Claude Code, drawn from 432 recorded ones, in the hours and on the days of an office. What a session's own last
    /// request held is read from the cache.</summary>
    internal static LogBuilder ClaudeCode(int seed)
    {
        Random random = new(seed);
        LogBuilder log = new(random.Next(28, 57), new DateOnly(2026, 6, 1).DayNumber);
        double sessions = Between(random, 4, 20);
        for (int day = 0; day < log.Days + Ahead; day++)
        {
            int count = Poisson(random, sessions * Workweek[(log.FirstDay + day) % 7] * Math.Exp(0.15 * Normal(random)));
            for (int session = 0; session < count; session++)
            {
                ulong cluster = (ulong)random.NextInt64();
                int second = random.Next(8 * 3600, 18 * 3600);
                foreach ((long input, long read, long output) in Sessions.Value[random.Next(Sessions.Value.Length)])
                {
                    log.Add(0, day, second, cluster, new() { Input = input, CacheRead = read, Output = output });
                }
            }
        }

        return log;
    }

    private static (long Input, long Read, long Output)[][] ReadSessions()
    {
        Dictionary<string, (List<(long Input, long Read, long Output)> Calls, Dictionary<string, long> Last)> sessions = [];
        foreach (string line in SharedData.ReadLines("traces/claude_code_agentic_dev.jsonl.gz"))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement row = document.RootElement;
            if (row.TryGetProperty("header", out _))
            {
                continue;
            }

            string trace = row.GetProperty("trace").GetString()!, agent = row.GetProperty("agent").GetString()!;
            if (!sessions.TryGetValue(trace, out (List<(long Input, long Read, long Output)> Calls, Dictionary<string, long> Last) session))
            {
                sessions[trace] = session = ([], []);
            }

            long input = row.GetProperty("input_tokens").GetInt64();
            long read = Math.Min(session.Last.GetValueOrDefault(agent), input);
            session.Last[agent] = input;
            session.Calls.Add((input - read, read, row.GetProperty("output_tokens").GetInt64()));
        }

        return [.. sessions.Values.Select(session => session.Calls.ToArray())];
    }

    private static Client[] ReadClients()
    {
        Dictionary<string, Client> clients = [];
        foreach (string line in SharedData.ReadLines("traces/servegen_deepseek_r1_arrival_rates.csv.gz").Skip(1))
        {
            string[] cells = line.Split(',');
            if (!clients.TryGetValue(cells[0], out Client? client))
            {
                clients[cells[0]] = client = new();
            }

            int window = (int)(double.Parse(cells[1], CultureInfo.InvariantCulture) / 600);
            client.Rates[window] = 600 * double.Parse(cells[2], CultureInfo.InvariantCulture);
            client.Variations[window] = double.Parse(cells[3], CultureInfo.InvariantCulture);
        }

        foreach (string line in SharedData.ReadLines("traces/servegen_deepseek_r1_token_distributions.jsonl.gz"))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement row = document.RootElement;
            Client client = clients[row.GetProperty("client").GetInt32().ToString(CultureInfo.InvariantCulture)];
            client.Lengths[(int)(row.GetProperty("window_start_s").GetDouble() / 21_600)] =
                (Cumulate(row.GetProperty("input_tokens")), Cumulate(row.GetProperty("output_tokens")));
        }

        return [.. clients.Values.Where(client => client.Rates.Sum() > 0)];
    }

    private static (long[] Values, double[] Below) Cumulate(JsonElement pairs)
    {
        if (pairs.ValueKind != JsonValueKind.Array || pairs.GetArrayLength() == 0)
        {
            return ([0], [1]);
        }

        double sum = 0;
        (long Value, double Below)[] all = [.. pairs.EnumerateArray().Select(pair => ((long)pair[0].GetDouble(), sum += pair[1].GetDouble()))];
        return ([.. all.Select(item => item.Value)], [.. all.Select(item => item.Below / sum)]);
    }

    private sealed class Client
    {
        internal double[] Rates { get; } = new double[WindowsOfDay];

        internal double[] Variations { get; } = new double[WindowsOfDay];

        internal ((long[] Values, double[] Below) Input, (long[] Values, double[] Below) Output)[] Lengths { get; } =
            new ((long[], double[]), (long[], double[]))[4];

        internal (long Input, long Output) Draw(int window, Random random)
        {
            ((long[] Values, double[] Below) input, (long[] Values, double[] Below) output) = Lengths[window / 36];
            return (Draw(input, random), Draw(output, random));
        }

        private static long Draw((long[] Values, double[] Below) of, Random random)
        {
            if (of.Values is null)
            {
                return 0;
            }

            int found = Array.BinarySearch(of.Below, random.NextDouble());
            return of.Values[Math.Min(found < 0 ? ~found : found, of.Values.Length - 1)];
        }
    }
}

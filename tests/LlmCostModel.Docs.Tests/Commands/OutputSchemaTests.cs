using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using LlmCostModel.Budgets;
using LlmCostModel.Catalog;
using LlmCostModel.Cli;

namespace LlmCostModel.Docs.Tests.Commands;

/// <summary>The JSON of every command is what its schema in <c>docs/schemas</c> says.</summary>
public sealed class OutputSchemaTests : IDisposable
{
    private const string Card = """
        { "Provider": "acme", "Currency": "EUR", "AsOf": "2026-01-02", "Credit": { "Name": "coin", "Worth": [ { "Amount": 0.01, "Source": "https://acme.example" } ] },
          "Models": { "coin-1": { "Limits": { "ContextWindow": 1000 }, "PerMillionTokens": { "Input": 2, "Output": 4 }, "PerMeter": { "Page": { "Price": 0.5 } } } } }
        """;

    private const string Log = """
        { "id": "a", "model": "gpt-4o", "at": "2026-01-01T10:00:00.5Z", "usage": { "input": 1200, "cacheRead": 600, "output": 300 }, "tags": { "team": "x" } }
        { "id": "b", "model": "gpt-4o", "at": "2026-01-01", "usage": { "input": 1200 }, "meters": { "webSearch": 2 } }
        { "id": "c", "model": "nobody-1", "at": "2026-01-01", "usage": { "input": 5 } }
        { "id": "d", "model": "gpt-4o", "usage": { "input": -5 } }
        { "model": "gpt-4o", "usage": { "input": 5 } }
        {"id":"gen-1","object":"chat.completion","created":1767225600,"model":"openai/gpt-4o","provider":"OpenAI","choices":[{"finish_reason":"stop"}],"usage":{"prompt_tokens":100,"completion_tokens":5,"total_tokens":105,"cost":0.001,"is_byok":true,"cost_details":{"upstream_inference_cost":0.0003}}}
        { "broken":
        """;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly EvaluationOptions Listed = new() { OutputFormat = Json.Schema.OutputFormat.List };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("schema-");

    /// <summary>Every case: the schema, and the command. Files are those that <see cref="Prepare"/> writes.</summary>
    public static TheoryData<string, string> Cases => new()
    {
        { "estimate", "estimate gpt-4o --input 1200 --cache-read 600 --output 300 --at 2026-01-01 --tier batch" },
        { "estimate", "estimate claude-sonnet-4-5 --input 1k --cache-write 5k --cache-read 5k --at 2026-01-01" },
        { "estimate", "estimate gpt-4o --input 1 --meter Unheard=2 --at 2026-01-01" },
        { "estimate", "estimate nobody-1 --input 1" },
        { "estimate", "estimate coin-1 --input 1200 --meter Page=2.5 --rates card.json" },
        { "estimate", "estimate coin-1 --input 1200 --rates card.json --rates overlay.json" },
        { "compare", "compare gpt-4o o3 nobody-1 --input 1M --at 2026-01-01" },
        { "compare", "compare nobody-1 --input 0" },
        { "compare-workload", "compare --workload workload.json --at 2026-01-01" },
        { "compare-traffic", "compare --workload traffic.json --at 2026-01-01" },
        { "price", "price log.jsonl" },
        { "price", "price log.jsonl --group-by tag:team,day --sort total --top 1" },
        { "price", "price bad.jsonl" },
        { "price", "price log.jsonl --currency EUR --exchange-rate 0.86@2026-01-01 --plan plan.json" },
        { "price", "price missed.json --plan plan.json" },
        { "price", "price log.jsonl --at-today --what-if gpt-4o=1.1,o1 --group-by day" },
        { "report", "report log.jsonl -o report.html" },
        { "price-each", "price log.jsonl --each" },
        { "price-each", "price log.jsonl --each --no-catalog" },
        { "price-rejects", "price log.jsonl --rejects rejects.jsonl" },
        { "reconcile", "reconcile log.jsonl --bill bill.csv" },
        { "reconcile", "reconcile bad.jsonl --bill bill.csv" },
        { "gate", "gate log.jsonl weeks.jsonl --at 2026-01-01" },
        { "gate", "gate weeks.jsonl weeks.jsonl --scenario model --run session" },
        { "gate", "gate weeks.jsonl log.jsonl --scenario tag:team --only-common" },
        { "models", "models gpt-4o --at 2026-01-01" },
        { "models", "models --rates card.json --no-catalog" },
        { "models", "models nothing-of-this-name" },
        { "show", "show gpt-4o" },
        { "show", "show o1 --at 2027-01-01" },
        { "show", "show us.anthropic.claude-sonnet-4-5-20250929-v1:0" },
        { "show", "show coin-1 --rates card.json" },
        { "show", "show nobody-1" },
        { "catalog-import", "catalog import litellm table.json -o out.json" },
        { "catalog-diff", "catalog diff builtin card.json --usage log.jsonl --provider acme" },
        { "catalog-diff", "catalog diff card.json card2.json" },
        { "catalog-validate", "catalog validate card.json" },
        { "catalog-validate", "catalog validate strange.json" },
        { "catalog-check", "catalog check litellm table.json" },
        { "catalog-refresh", "catalog refresh cards --from litellm=table.json" },
        { "simulate", "simulate trace.jsonl" },
        { "simulate", "simulate trace.jsonl --model gpt-4o --policy openai-implicit --at 2026-01-01" },
        { "forecast", "forecast workload.json --samples 200" },
        { "forecast", "forecast --from weeks.jsonl --months 3 --samples 200 --budget 1k" },
        { "forecast", "forecast --from log.jsonl --samples 200" },
        { "job", "job weeks.jsonl --of 1k --at 2026-01-01" },
        { "job", "job log.jsonl --of 100 --item team --at 2026-01-01" },
        { "breakeven", "breakeven cache --write 1.25 --read 0.1" },
        { "breakeven", "breakeven keep-alive --write 1.25 --read 0.1" },
        { "breakeven", "breakeven lines --unit1 2 --fixed2 1 --unit2 2" },
        { "breakeven", "breakeven cache --write 3.75 --read 0.3" },
        { "breakeven", "breakeven storage --model gemini-3.1-pro-preview --hours 2 --at 2026-11-01" },
        { "breakeven", "breakeven self-host --hourly 28 --api-hourly 5" },
        { "cascade", "cascade --step gpt-4o-mini@60%x3 --step gpt-4o+o3:input=1k,reasoning=5k@80%x5vote --step 20@100% --input 2k --output 500 --at 2026-01-01" },
        { "cascade", "cascade --step gpt-4o@0 --input 1 --at 2026-01-01" },
        { "reasoning", "reasoning o3 --level low=1k@60%/30 --level high=8k@75%/30 --level none=0@0 --input 1k --output 300 --at 2026-01-01" },
        { "selfhost", "selfhost --hourly 16 --speed 7000 --utilization 30%" },
        { "selfhost", "selfhost --hourly 16 --speed 7000 --utilization 30% --forecast workload.json" },
        { "selfhost", "selfhost --gpu-hourly 2 --row deepseek-day --utilization 1 --input 266B --cache-read 342B --output 168B --per day --peak 1.2 --model gpt-4o --model o3 --reasoning-factor 1,2 --at 2026-01-01" },
        { "selfhost", "selfhost --hourly 16 --input-speed 7000 --cached-speed 50000 --output-speed 1000 --utilization 0.5 --requests 5M --input 2k --output 500 --model gpt-4o --elasticity 1.5 --rpm 500 --tpm 1M --variation 0.8 --at 2026-01-01" },
        { "train", "train --parameters 37B --tokens 14.8T --accelerator H800 --mfu 0.35 --hourly 2 --gpus 2048 --served 283T" },
        { "train", "train --gpu-hours 2.788M --price 40k --life-hours 28032 --kilowatts 1.3 --pue 1.25 --kilowatt-hour 0.08" },
        { "train", "train --gpu-hours 1 --hourly 2 --parameters 37B --tokens 14.8T --accelerator H800" },
        { "budget-check", "budget check --config settings.json" },
        { "budget-status", "budget status --config settings.json --store budgets.db" },
        { "budget-status", "budget status --config settings.json --store budgets.db --tag user=ann" },
        { "budget-top", "budget top user-day --config settings.json --store budgets.db" },
        { "budget-entries", "budget entries --store budgets.db" },
        { "price", "price budgets.db --group-by user,month" },
    };

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Output_OfACommand_IsWhatItsSchemaSays(string name, string command)
    {
        Prepare();
        string[] args = [.. CommandLineParser.SplitCommandLine(command).Select(InFolder)];

        (int code, string output, string error) = CommandRun.Of(args);

        Assert.True(code is 0 or 1, error);
        string[] documents = name switch
        {
            "price-each" or "budget-entries" => output.TrimEnd().Split('\n'),
            "price-rejects" => File.ReadAllLines(InFolder("rejects.jsonl")),
            _ => [output],
        };
        Assert.All(documents, document => AssertValid(name, document));
    }

    /// <summary>A schema that takes anything would pass: a name more, one less, and a number for an amount are refused.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Output_ThatIsChanged_IsRefused(string name, string command)
    {
        if (name is "price-each" or "price-rejects" or "budget-entries")
        {
            return; // the same, a line each
        }

        Prepare();
        JsonObject document = JsonNode.Parse(CommandRun.Of(CommandLineParser.SplitCommandLine(command).Select(InFolder)).Output)!.AsObject();
        JsonObject more = document.DeepClone().AsObject();
        more.Add("another", 1);
        JsonObject less = document.DeepClone().AsObject();
        less.RemoveAt(0);

        Assert.False(Schema(name).Evaluate(more).IsValid);
        Assert.False(Schema(name).Evaluate(less).IsValid);
    }

    [Fact]
    public void Amounts_AreStrings_WithAllTheirDigits() => Assert.All(
        ["1", "1.50", "\"1.50\"", "\"1e3\"", "\"01\"", "\".5\"", "\"1,000\""],
        amount => Assert.False(Schema("estimate").Evaluate(Estimate(amount)).IsValid));

    [Fact]
    public void Commands_AllHaveASchema_WithCases()
    {
        string[] written = [.. Directory.EnumerateFiles(Path.Combine(Repository.Folder, "docs", "schemas")).Select(file => Path.GetFileName(file).Replace(".schema.json", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        string[] commands = [.. Leaves(CommandLineApp.CreateRoot(new() { Input = Stream.Null, Output = Stream.Null, Error = TextWriter.Null })).Distinct()];

        // The catalog as one file is no result: docs/catalog-feed.schema.json is its schema.
        Assert.Empty(commands.Except(written).Except(["catalog-export"]));
        Assert.Equal(written, Cases.Select(row => (string)row[0]).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Schemas_DescribeWhatTheyHave_AndNothingElse() => Assert.All(
        Directory.EnumerateFiles(Path.Combine(Repository.Folder, "docs", "schemas")),
        file =>
        {
            JsonObject schema = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
            string address = System.Xml.Linq.XDocument.Load(Path.Combine(Repository.Folder, "Directory.Build.props")).Descendants("ProjectAddress").Single().Value;
            Assert.Equal($"{address}/raw/main/docs/schemas/{Path.GetFileName(file)}", (string)schema["$id"]!);
            Assert.Equal("https://json-schema.org/draft/2020-12/schema", (string)schema["$schema"]!);
            Assert.All(Objects(schema).Where(one => (string?)(one["type"] as JsonValue) == "object" && one.ContainsKey("properties")), one => Assert.False((bool)one["additionalProperties"]!));
            if (schema["$defs"]?["usage"] is { } usage)
            {
                Assert.Equal(TokenBuckets.All.Select(row => row.JsonName).Order(StringComparer.Ordinal), usage["properties"]!.AsObject().Select(pair => pair.Key).Order(StringComparer.Ordinal));
            }

            Assert.Contains($"(schemas/{Path.GetFileName(file)})", File.ReadAllText(Path.Combine(Repository.Folder, "docs", "cli.md")), StringComparison.Ordinal);
        });

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject one => one.SelectMany(pair => Objects(pair.Value)).Prepend(one),
        JsonArray many => many.SelectMany(Objects),
        _ => [],
    };

    private static JsonNode Estimate(string total) => JsonNode.Parse($$"""{"model":"m","canonical":null,"provider":null,"match":null,"status":"unpriced","reasons":[],"currency":null,"total":{{total}},"list":null,"cacheSavings":null,"lines":[],"adjustments":[],"steps":[]}""")!;

    private static JsonSchema Schema(string name) => JsonSchema.FromText(File.ReadAllText(Path.Combine(Repository.Folder, "docs", "schemas", $"{name}.schema.json")));

    private static void AssertValid(string name, string document)
    {
        EvaluationResults results = Schema(name).Evaluate(JsonNode.Parse(document), Listed);
        Assert.True(results.IsValid, $"{document}\n{string.Join('\n', results.Details.Where(detail => detail.Errors is not null).Select(detail => $"{detail.InstanceLocation}: {JsonSerializer.Serialize(detail.Errors, Indented)}"))}");
    }

    private static IEnumerable<string> Leaves(Command command) => command.Subcommands.Count == 0
        ? [CommandExamples.PathOf(command).Replace(' ', '-')]
        : command.Name == "breakeven" ? ["breakeven"] : command.Subcommands.SelectMany(Leaves);

    private string InFolder(string argument)
    {
        string[] parts = argument.Split('=');
        return parts[^1].EndsWith(".json", StringComparison.Ordinal) || parts[^1].EndsWith(".jsonl", StringComparison.Ordinal) || parts[^1].EndsWith(".csv", StringComparison.Ordinal) || argument is "cards" or "report.html" or "budgets.db"
            ? string.Join('=', parts[..^1].Append(Path.Combine(_folder.FullName, parts[^1])))
            : argument;
    }

    private void Prepare()
    {
        const string Traffic = """
            { "traffic": { "start": "2026-01-01", "conversations": 100, "sample": 20, "userTokens": 50,
                "roles": { "first": { "systemTokens": 900, "outputTokens": 20 }, "second": { "follows": "first", "probability": 0.5, "outputTokens": 90 } } },
              "candidates": [ { "model": "gpt-4o", "cache": "openai-in-memory" }, { "roles": { "first": { "model": "gpt-4o-mini" }, "second": { "model": "nobody-1" } } } ] }
            """;
        const string Table = """{ "gpt-4o": { "litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 3e-06, "output_cost_per_token": 1e-05 }, "acme/new": { "litellm_provider": "acme", "mode": "chat", "input_cost_per_token": 1e-06, "output_cost_per_token": 1e-06 }, "odd": { "litellm_provider": "openai", "mode": "chat", "input_cost_per_token": "free" } }""";
        Directory.CreateDirectory(InFolder("cards"));
        foreach ((string name, string text) in new[]
        {
            ("traffic.json", Traffic),
            ("card.json", Card),
            ("card2.json", Card.Replace("\"Input\": 2", "\"Input\": 3", StringComparison.Ordinal).Replace("coin-1", "coin-2", StringComparison.Ordinal)),
            ("overlay.json", """{ "Overlays": { "deal": { "Rules": [ { "Name": "half", "Multiply": 0.5 } ] } } }"""),
            ("strange.json", """{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 1, "CacheRead": 20, "Output": 1 } } } }"""),
            ("log.jsonl", Log),
            ("weeks.jsonl", string.Join('\n', Enumerable.Range(0, 120).Select(call => new JsonObject
            {
                ["model"] = call % 3 == 0 ? "gpt-4o" : "claude-sonnet-4-5",
                ["at"] = new DateTime(2026, 1, 1).AddHours(5 * call).ToString("s", CultureInfo.InvariantCulture) + "Z",
                ["usage"] = new JsonObject { ["input"] = 100 + call, [call % 3 == 0 ? "cacheRead" : "cacheWrite5m"] = 50, ["output"] = 10 },
                ["meters"] = new JsonObject { ["webSearch"] = call % 3 != 0 && call % 5 == 0 ? 1 : 0 },
                ["tags"] = new JsonObject { ["session"] = $"s{call / 4}" },
            }.ToJsonString()))),
            ("bill.csv", "day,model,cost,currency\n2026-01-01,gpt-4o,0.5,USD\n2026-01-02,gpt-4o,0.1,USD\n2026-01-02,unheard,0.1,USD\n"),
            ("plan.json", """{ "Pools": { "flat": { "Providers": [ "anthropic" ], "Fee": 20, "Currency": "USD", "Period": "month" }, "some": { "Amount": 0.001, "Currency": "USD" } } }"""),
            ("missed.json", """{"id":"m1","type":"message","model":"claude-sonnet-4-5","diagnostics":{"cache_miss_reason":{"type":"tools_changed","cache_missed_input_tokens":500}},"usage":{"input_tokens":10,"output_tokens":1,"cache_creation_input_tokens":1000,"cache_creation":{"ephemeral_5m_input_tokens":1000,"ephemeral_1h_input_tokens":0}}}"""),
            ("bad.jsonl", """{ "x": 1 }"""),
            ("settings.json", """{ "LlmBudgets": { "Budgets": { "user-day": { "Limit": 5, "Currency": "USD", "Window": "day", "Per": [ "user" ] }, "calls": { "Unit": "Calls", "Window": "total" } } } }"""),
            ("table.json", Table),
            ("cards/openai.json", """{ "Name": "openai", "Provider": "openai", "Currency": "USD", "AsOf": "2025-01-01", "Source": "https://openai.com", "Models": { "gpt-4o": { "PerMillionTokens": { "Input": 2.5, "Output": 10 } } } }"""),
            ("trace.jsonl", """
                { "timestamp": 0, "input_length": 1024, "output_length": 10, "hash_ids": [1, 2] }
                { "timestamp": 1000, "input_length": 1536, "output_length": 10, "hash_ids": [1, 2, 3] }
                """),
            ("workload.json", """
                { "calls": [ { "input": 1000000, "output": 1000, "count": 10 } ], "tasks": 4,
                  "candidates": [ { "model": "gpt-4o", "quality": 0.5, "label": "four" }, { "model": "o3" }, { "model": "nobody-1" } ],
                  "forecast": { "model": "gpt-4o", "start": "2026-01-01", "months": 2, "requests": { "low": 10, "high": 20 }, "promptTokens": 2000, "outputTokens": 300, "budget": 1 }, "scenarios": [ { "name": "half", "priceFactor": 0.5 } ] }
                """),
        })
        {
            File.WriteAllText(Path.Combine(_folder.FullName, name), text);
        }

        CountAsync(InFolder("budgets.db")).GetAwaiter().GetResult();
    }

    /// <summary>A file of budgets with a call, one of which nobody says what it cost, and a refund.</summary>
    private static async Task CountAsync(string path)
    {
        BudgetsOptions options = new();
        options.Budgets["user-day"] = new() { Limit = 5m, Currency = "USD", Window = BudgetWindow.Day(), Per = { "user" } };
        await using SqliteBudgetStore store = new(new() { Path = path, Durability = SqliteDurability.Normal });
        BudgetLedger ledger = new(store, options);
        BudgetRequest request = new() { Tags = new Dictionary<string, string> { ["user"] = "ann" }, Ceiling = new Money(0.5m, "USD") };
        PricedCall call = BuiltInCatalog.CreateEstimator().Price(ModelCall.FromUsage("gpt-4o", new TokenUsage { Input = 1_000 }));
        await (await ledger.ReserveAsync(request)).SettleAsync(call);
        await (await ledger.ReserveAsync(request with { Id = "unknown" })).SettleAsync();
        await ledger.CorrectAsync("refund", request.Tags, new Money(-0.1m, "USD"));
    }
}

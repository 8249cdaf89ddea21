namespace LlmCostModel.Cli.Tests;

/// <summary><c>selfhost</c>, <c>train</c>, <c>reasoning</c> and <c>cascade</c>; the clock stands at January 2025.</summary>
public sealed class CapacityCommandTests : IDisposable
{
    private const string DeepSeekDay =
        "selfhost --gpu-hourly 2 --row deepseek-day --utilization 100% --input 266B --cache-read 342B --output 168B --per day --peak 1.226";

    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    /// <summary>DeepSeek's day: 226.864 nodes by the tokens, 226.75 in truth; 562,100 USD at R1, 16,635,000 at o1.</summary>
    [Fact]
    public void SelfHost_DeepSeekDay_NeedsItsNodesAndBeatsBothApis()
    {
        CliResult result = Run($"{DeepSeekDay} --model deepseek-reasoner --model o1");

        System.Text.Json.JsonElement load = result.Json.GetProperty("load");
        Assert.StartsWith("95.482", load.GetProperty("prefillMachines").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("131.381", load.GetProperty("decodeMachines").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("226.863", load.GetProperty("meanMachines").GetString(), StringComparison.Ordinal);
        Assert.Equal((279, "107136"), (load.GetProperty("fleet").GetInt32(), load.GetProperty("fleetCost").GetString())); // 279 x 16 x 24
        Assert.Equal(["562100", "16635000"], result.Json.GetProperty("apis").EnumerateArray().Select(api => api.GetProperty("cost").GetString()));
        Assert.Equal(
            "equal at 15.5% of the hour; cheaper above: own machines",
            result.Json.GetProperty("apis")[0].GetProperty("utilizationVerdict").GetString());
        Assert.Equal(0, result.Code);
    }

    /// <summary>23 instead of 12 thousand tokens of reasoning: 131.381 x 23 / 12 = 251.814 decode nodes (with the rounded factor 251.858).</summary>
    [Fact]
    public void SelfHost_LongerReasoning_NeedsMoreDecodeMachines()
    {
        CliResult result = Run($"{DeepSeekDay} --reasoning-factor 1,1.917");

        Assert.StartsWith("251.858", result.Json.GetProperty("reasoning")[1].GetProperty("decodeMachines").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("95.482", result.Json.GetProperty("reasoning")[1].GetProperty("prefillMachines").GetString(), StringComparison.Ordinal);
        Assert.Contains("all output counts as reasoning", result.Output, StringComparison.Ordinal);
    }

    /// <summary>At an elasticity of 2 half the price is four times the use and twice the bill.</summary>
    [Fact]
    public void SelfHost_Elasticity_MakesUseAnswerToThePrice()
    {
        CliResult result = Run($"{DeepSeekDay} --elasticity 2 --price-factor 1,0.5");

        System.Text.Json.JsonElement half = result.Json.GetProperty("demand")[1];
        Assert.Equal(("4", "2"), (half.GetProperty("useFactor").GetString(), half.GetProperty("spendFactor").GetString()));
        Assert.StartsWith("907.454", half.GetProperty("meanMachines").GetString(), StringComparison.Ordinal); // 4 x 226.8636
    }

    /// <summary>1 of 8760 x 60 / 12 = 43,800 minutes of a month: 87,600 requests are 2 a minute; a Poisson number is above 3 in 14.29%.</summary>
    [Fact]
    public void SelfHost_Limits_BindInAShareOfTheMinutes()
    {
        CliResult result = Run("selfhost --hourly 2 --speed 5000 --utilization 0.5 --requests 87600 --input 900 --output 100 --peak 2 --rpm 3");

        Assert.Equal("0.142877", result.Json.GetProperty("limits").GetProperty("requestShare").GetString());
        Assert.Equal("0", result.Json.GetProperty("limits").GetProperty("tokenShare").GetString());
    }

    [Fact]
    public void SelfHost_DearMachine_NeverPays()
    {
        // 7,500 tokens a second, 3,600 s: 27 million tokens at 2.19 per million output are 59.13 an hour.
        CliResult result = Run("selfhost --hourly 60 --speed 7500 --utilization 1 --requests 1M --output 500 --peak 1 --model deepseek-reasoner");

        Assert.Equal(
            "never cheaper: own machines (equal only at 101.47% of the hour)",
            result.Json.GetProperty("apis")[0].GetProperty("utilizationVerdict").GetString());
        Assert.StartsWith("never cheaper: own machines", result.Json.GetProperty("apis")[0].GetProperty("requestsVerdict").GetString(), StringComparison.Ordinal);
    }

    private const string Plan = """
        { "forecast": { "model": "o1", "start": "2025-02-01", "months": 2, "requests": 2419200, "promptTokens": 1000, "outputTokens": 0 } }
        """;

    /// <summary>February has 2,419,200 s, so a request of 1,000 tokens a second is 1,000 tokens a second, of which a machine does 500: 2 on
    /// average, and 4 for a peak of twice the mean, at 672 h x 3 USD each. March has as many a day. o1 asks 15 per million.</summary>
    [Theory]
    [InlineData("", 2, "4032", true)]
    [InlineData(" --peak 2", 4, "8064", false)]
    public void SelfHost_Forecast_HasTheMachinesOfEachMonth(string peak, int fleet, string cost, bool isEven)
    {
        string command = $"selfhost --hourly 3 --speed 1000 --utilization 50% --at 2025-01-27{peak} --forecast {_cli.Write("plan.json", Plan)}";
        CliResult result = Run(command);

        System.Text.Json.JsonElement[] months = [.. result.Json.GetProperty("months").EnumerateArray()];
        Assert.Equal(2, months.Length);
        Assert.Equal((fleet, cost), (months[0].GetProperty("fleet").GetInt32(), months[0].GetProperty("fleetCost").GetString()));
        Assert.Equal(isEven, result.Output.Contains("Without --peak the machines are for an even load", StringComparison.Ordinal));
        Assert.Equal(3, Run(command + " --format csv").Output.Trim().Split('\n').Length);
        string table = Run(command + $" --format table --chart {_cli.PathOf("months.svg")}").Output;
        Assert.Contains("36,288.00", table, StringComparison.Ordinal); // 2,419,200,000 tokens at 15
        string chart = File.ReadAllText(_cli.PathOf("months.svg"));
        Assert.Contains("own machines, for the peak", chart, StringComparison.Ordinal);
        Assert.Contains("the plan", chart, StringComparison.Ordinal);
    }

    [Fact]
    public void SelfHost_ChartWithoutALoad_SaysWhatToGive() => Assert.Contains(
        "There is nothing to draw without a load. Give --input and --output, or --forecast.",
        Run($"selfhost --hourly 3 --speed 1000 --utilization 50% --chart {_cli.PathOf("none.svg")}").Error,
        StringComparison.Ordinal);

    /// <summary>DeepSeek's peak hours double the price: one price of a month says of which hour it is.</summary>
    [Fact]
    public void SelfHost_PriceThatDependsOnTheHour_SaysSo()
    {
        CliResult result = Run("selfhost --hourly 24 --speed 7143 --utilization 60% --requests 5M --input 2k --model deepseek-v4-flash --at 2026-11-27T12:00Z");

        Assert.Contains("The whole load is priced as at 2026-11-27 12:00 UTC.", result.Output, StringComparison.Ordinal);
        Assert.Contains("deepseek-v4-flash: the price depends on the hour.", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("selfhost --speed 1 --utilization 1", "either --hourly, or --gpu-hourly with --gpus or --row")]
    [InlineData("selfhost --hourly 1 --utilization 1", "Give one throughput: --row, --speed, or --input-speed and --output-speed")]
    [InlineData("selfhost --hourly 1 --speed 5 --row deepseek-day --utilization 1", "Give one throughput")]
    [InlineData("selfhost --hourly 1 --row none --utilization 1", "'none' is not a published throughput: b200-inferencex")]
    [InlineData("selfhost --hourly 1 --speed 5 --utilization 30", "'30' is not a share. Write 0.3 or 30%.")]
    [InlineData("selfhost --hourly 1 --speed 5 --utilization 0", "A utilization is above 0 and at most 1: 0.3 is 30%.")]
    [InlineData("selfhost --hourly 1 --speed 5 --utilization 1 --input 1 --per year", "'year' is not a period. Write hour, day, week, month.")]
    [InlineData("selfhost --hourly 1 --speed 5 --utilization 1 --input 1 --peak 0.5", "A peak is at least the mean")]
    [InlineData("selfhost --hourly 1 --speed 5 --utilization 1 --input 1 --rpm 5", "A limit is of requests and their tokens. Give --requests.")]
    [InlineData("selfhost --hourly 1 --speed 5 --utilization 1 --input 1 --price-factor 1", "--price-factor says nothing without --elasticity.")]
    [InlineData("selfhost --hourly 1 --speed 5 --utilization 1 --input 1 --elasticity -1", "An elasticity is 0 or more: 1 keeps the bill.")]
    [InlineData("selfhost --hourly 1 --speed 5 --utilization 1 --input 1 --variation 2", "--variation says nothing without a limit: --rpm or --tpm.")]
    [InlineData("selfhost --hourly 1 --speed 5 --utilization 1 --gpus 8", "--gpus says nothing beside --hourly")]
    [InlineData("selfhost --hourly 1 --speed 5 --utilization 1 --requests 5", "--requests says nothing without what is consumed")]
    [InlineData("selfhost --hourly 1 --speed 5 --utilization 1 --model o1", "--model says nothing without what is consumed")]
    [InlineData("train --gpu-hours 5 --hourly 2 --mfu 40%", "--mfu says nothing beside --gpu-hours.")]
    [InlineData("train --gpu-hours 5 --hourly 2 --pue 0.5", "--pue says nothing without --price")]
    [InlineData("train --gpu-hours 5 --hourly 2 --served 0", "--served is 0, but must be more than 0.")]
    [InlineData("reasoning o1 --level a=2k@50% --reasoning 500", "--reasoning says nothing beside the levels")]
    [InlineData("reasoning o1 --level a=2k@50% --level a=3k@60%", "Two levels are called 'a'.")]
    [InlineData("cascade --step o1:input=2k,input=3k@50%", "says input twice.")]
    [InlineData("breakeven cache --write 1.25 --read 0.1 --ttl 1h", "--ttl says nothing without --model")]
    [InlineData("train --hourly 2", "Nothing says how long it takes.")]
    [InlineData("train --gpu-hours 5", "Nothing says what an hour costs.")]
    [InlineData("train --gpu-hours 5 --hourly 2 --parameters 5", "Parameters and tokens belong together.")]
    [InlineData("train --gpu-hours 5 --hourly 2 --price 2 --life-hours 1 --kilowatts 1 --pue 1 --kilowatt-hour 1", "An accelerator is rented or owned.")]
    [InlineData("train --parameters 1 --tokens 1 --accelerator X1 --hourly 1", "'X1' is not in the table of accelerators: A100")]
    [InlineData("train --parameters 1 --tokens 1 --accelerator A100 --precision fp8 --hourly 1", "A100 has no peak in FP8. Give --peak.")]
    [InlineData("train --gpu-hours 5 --price 1 --life-hours 1 --kilowatts 1 --pue 0.5 --kilowatt-hour 1", "a PUE is 1 or more")]
    [InlineData("reasoning o1 --level high", "'high' is not of the form LABEL=TOKENS@QUALITY")]
    [InlineData("reasoning o1 --level high=1k@70", "'high=1k@70' is not of the form")]
    [InlineData("reasoning nobody-1 --level high=1k@70%", "No price for model 'nobody-1'")]
    [InlineData("cascade --step o1", "'o1' is not a step.")]
    [InlineData("cascade --step o1@50%", "Nothing says what 'o1' consumes.")]
    [InlineData("cascade --step o1:words=5@50%", "'words=5' in 'o1:words=5@50%' is not a count")]
    [InlineData("cascade --step o1@50%x0 --input 1", "1 to 1000 answers")]
    public void Command_WrongUsage_ExitsWith2AndSaysWhat(string arguments, string message)
    {
        CliResult result = Run(arguments);

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    /// <summary>o1 at 15 and 60: 0.2 x 15 + 0.01 x 60 = 3.6; the output is that of all.</summary>
    [Fact]
    public void Cascade_StepWithACountOfItsOwn_KeepsTheOthers()
    {
        CliResult result = Run("cascade --step o1:input=200k@50% --input 1M --output 10k --at 2025-01-27");

        Assert.Equal("3.6", result.Json.GetProperty("amount").GetString());
    }

    /// <summary>V3: 2,788,000 hours at 2 USD; 6 x 37e9 x 14.8e12 operations are 33.1% of the peak in that time.</summary>
    [Fact]
    public void Train_HoursAndParameters_CostAndShareOfThePeak()
    {
        CliResult result = Run("train --gpu-hours 2.788M --hourly 2 --parameters 37B --tokens 14.8T --accelerator H800 --served 283.24T");

        Assert.Equal(("5576000", "3285600000000000000000000"), (Text("amount"), Text("operations")));
        Assert.StartsWith("0.33099", Text("utilization"), StringComparison.Ordinal); // 3.2856e24 / (2,788,000 x 3,600 x 989e12)
        Assert.StartsWith("0.019686", Text("amountPerMillionServed"), StringComparison.Ordinal);
        Assert.Contains(result.Json.GetProperty("notCounted").EnumerateArray(), part => part.GetString() == "staff");

        string? Text(string name) => result.Json.GetProperty(name).GetString();
    }

    /// <summary>Owned: 40,000 / 32,000 h = 1.25 and 1.5 kW x 1.2 x 0.10 = 0.18; 100 hours.</summary>
    [Fact]
    public void Train_Owned_AddsHardwareAndEnergy()
    {
        CliResult result = Run("train --gpu-hours 100 --price 40k --life-hours 32000 --kilowatts 1.5 --pue 1.2 --kilowatt-hour 0.10 --currency EUR");

        Assert.Equal(
            ("EUR", "1.43", "125", "18", "143"),
            (Text("currency"), Text("hourlyRate"), Text("hardwareAmount"), Text("energyAmount"), Text("amount")));

        string? Text(string name) => result.Json.GetProperty(name).GetString();
    }

    /// <summary>More than the peak cannot be reached.</summary>
    [Fact]
    public void Train_MoreThanThePeak_IsSaid() => Assert.Contains(
        "More than the peak is reached", Run("train --gpu-hours 1 --hourly 2 --parameters 37B --tokens 14.8T --accelerator H800").Output, StringComparison.Ordinal);

    /// <summary>Check N36: R1 and R1-0528 on AIME 2025; on 30 questions they cannot be told apart, on 3,000 they can.</summary>
    [Theory]
    [InlineData("", true, null)]
    [InlineData("/30", false, "R1")]
    [InlineData("/3000", true, null)]
    public void Reasoning_R1AndItsUpdate_ByTheNumberOfTasks(string tasks, bool onFrontier, string? within)
    {
        CliResult result = Run($"reasoning deepseek-reasoner --level R1=12k@70%{tasks} --level R1-0528=23k@87.5%{tasks}");

        System.Text.Json.JsonElement last = result.Json.GetProperty("levels")[1];
        Assert.Equal("0.05037", last.GetProperty("amount").GetString());
        Assert.StartsWith("0.137657", last.GetProperty("amountPerExtraSolved").GetString(), StringComparison.Ordinal);
        Assert.Equal((onFrontier, within), (last.GetProperty("onFrontier").GetBoolean(), last.GetProperty("withinErrorOf").GetString()));
    }

    /// <summary>0.10 at 60%, then 1 at 50%, then a person: 0.1 + 0.4 x 1 + 0.2 x 20.</summary>
    [Fact]
    public void Cascade_Amounts_AddWhatReachesEach()
    {
        CliResult result = Run("cascade --step 0.1@60% --step 1@50% --step 20@100%");

        Assert.Equal(("4.5", "1", "4.5"), (Text("amount"), Text("solveRate"), Text("amountPerSolved")));
        Assert.Equal(["1", "0.4", "0.2"], result.Json.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("reach").GetString()));

        string? Text(string name) => result.Json.GetProperty(name).GetString();
    }

    /// <summary>An architect and an editor: o1 1k at 15 and 8k at 60 are 0.495, R1 2k at 0.55 and 1k at 2.19 are 0.00329; at 80% 0.6228625 a solved task.</summary>
    [Fact]
    public void Cascade_SeveralModelsInATry_AreAddedUp()
    {
        CliResult result = Run("cascade --step o1:input=1k,reasoning=8k+deepseek-reasoner:input=2k,output=1k@80%");

        Assert.Equal("0.49829", result.Json.GetProperty("amount").GetString());
        Assert.Equal("0.6228625", result.Json.GetProperty("amountPerSolved").GetString());
        Assert.Equal(["o1", "deepseek-reasoner"], result.Json.GetProperty("steps")[0].GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("model").GetString()));
    }

    /// <summary>Three answers of 60%: a vote is right in 0.648, a checked one in 0.936; each pays for three, tries for 1 + 0.4 + 0.16.</summary>
    [Theory]
    [InlineData("x3vote", "0.648", "0.3")]
    [InlineData("x3best", "0.936", "0.3")]
    [InlineData("x3", "0.936", "0.156")]
    public void Cascade_SeveralAnswers_VoteOrAreChecked(string draws, string solved, string amount)
    {
        CliResult result = Run($"cascade --step 0.1@60%{draws}");

        Assert.Equal((amount, solved), (result.Json.GetProperty("amount").GetString(), result.Json.GetProperty("solveRate").GetString()));
    }

    [Theory]
    [InlineData("selfhost --hourly 24 --speed 7000 --utilization 0.5 --input 1M --output 1M --model o1")]
    [InlineData("selfhost --hourly 24 --speed 7000 --utilization 0.5 --input 1M --output 1M --reasoning-factor 1,2,4")]
    [InlineData("selfhost --hourly 24 --speed 7000 --utilization 0.5 --input 1M --output 1M --elasticity 1.5")]
    [InlineData("reasoning o1 --level low=1k@50% --level high=9k@70%")]
    [InlineData("cascade --step deepseek-reasoner@60% --step o1@80% --input 1k --output 1k")]
    public void Command_TableCsvAndChart_AreWritten(string arguments)
    {
        string svg = _cli.PathOf("c.svg");

        Assert.NotEmpty(Run($"{arguments} --format table --chart {svg}").Output);
        Assert.StartsWith("<svg", File.ReadAllText(svg), StringComparison.Ordinal);
        Assert.Contains('\n', Run($"{arguments} --format csv").Output);
    }

    private static CliResult Run(string arguments) => CliRunner.Run(arguments.Split(' '));
}

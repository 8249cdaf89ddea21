namespace LlmCostModel.Cli;

/// <summary>Says what the library advises in words of the command: it speaks to who writes a program.</summary>
internal static class CommandWords
{
    private static readonly (string Library, string Command)[] Words =
    [
        ("ChatOptions.ModelId or ModelCall.RequestedModel.", "--model, or \"model\" in the request beside the response."),
        ("Pass it in CallContext.Attributes.", "Say it with --attribute, or in \"attributes\" of the record."),
        ("Pass it in CallContext.ConsumedBefore; an empty set means nothing yet.", "Say it with --consumed."),
        ("Set CallContext.IncludeAnnounced to use it,", "Say --announced to use it,"),
        ("with CallContext.Provider", "with --provider"),
        ("Correct CallContext.Provider.", "Correct --provider."),
        ("CallContext.Provider", "--provider"),
        (", or say under 'LlmCostModel:Deployments' which model it is.", ", or price the id of a model that is known."),
        ("Say under 'LlmCostModel:Deployments' which model it is.", "Price the id of the model instead."),
        ("Say under 'LlmCostModel:Deployments' which one it is (a key cannot hold ':', so write the name as Id).",
            "Price the id of the model instead."),
        (" under 'LlmCostModel:Deployments'", " by an alias in a file of --rates"),
        ("Add it under 'LlmCostModel:RateCards' or reference LlmCostModel.Catalog.", "Add it to a file of --rates."),
        ("Add it under 'LlmCostModel:RateCards'", "Add it to a file of --rates"),
        ("Name the API.", "Name the API with --api."),
        ("or name the API that counted.", "or name the API that counted with --api."),
        ("Name the API that it came by, or let it be detected.", "Name the API that it came by with --api, or leave --api out."),
        (" Pass the whole body, or read a stream with UsageStreamReader.", " Give the whole body, a record a line."),
        (" Pass its elements to UsageStreamReader.AppendEvent one by one, or ask for alt=sse", " Ask for alt=sse"),
        (" Give UsageStreamReader a larger maximum.", ""),
        ("MaximumIncreaseAmount has", "--max-increase-amount has"),
        ("Convert them with Converter, or leave it out.", "Make them one with --currency and --exchange-rate, or leave it out."),
        ("Say in ReconciliationOptions.Names which it is.", "Say which it is with --name NAME=MODEL."),
        ("say which columns are day, model and cost in BillReaderOptions.Map.",
            "say its columns with --map day=COLUMN --map model=COLUMN --map cost=COLUMN."),
        (", or convert the estimates with an ExchangeRate first", ""),
        (" Set the properties of TokenUsage where the provider counts them apart.", ""),
    ];

    /// <summary>A message of the library as the command says it.</summary>
    public static string Of(string message)
    {
        foreach ((string library, string command) in Words)
        {
            message = message.Replace(library, command, StringComparison.Ordinal);
        }

        return message;
    }
}

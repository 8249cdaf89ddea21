using LlmCostModel.Budgets;

namespace LlmCostModel;

/// <summary>Makes what budgets are asked of a request: its tags, and what it can cost.</summary>
internal sealed class HttpBudgetQuestions(HttpBudgetOptions options)
{
    /// <summary>A body that is larger is not read: what it can cost is not known.</summary>
    private const long LongestBody = 64 * 1024 * 1024;

    /// <summary>What providers put between messages, as in the ranges of chat clients.</summary>
    private const long PerPart = 16;

    internal Action<BudgetRequest, BudgetSettlement>? OnSettled => options.OnSettled;

    internal BudgetRequest Ask(HttpCallTracker tracker, HttpRequestMessage request, ReadOnlyMemory<byte>? body)
    {
        string path = request.RequestUri!.AbsolutePath;
        RequestFacts facts = body is { } json ? RequestReader.Read(json.Span) : RequestFacts.None;
        string? model = facts.Model ?? ModelPaths.ModelOf(path);
        CallContext context = tracker.ContextOf(request.RequestUri, facts.Asked);
        BudgetRequest asked = TryBound(new RangePrices(tracker.Estimator, model, context), ModelPaths.OperationOf(path), body) with
        {
            Tags = Tags(model, in context),
            Hold = options.Hold,
        };
        return options.ChangeRequest?.Invoke(asked, request) ?? asked;
    }

    /// <summary>The tags of a call by what is known of it.</summary>
    internal Dictionary<string, string> Tags(string? model, in CallContext context)
    {
        Dictionary<string, string> tags = new(StringComparer.Ordinal);
        if (model is not null)
        {
            tags["model"] = model;
        }

        if (context.Provider is { } provider)
        {
            tags["provider"] = provider;
        }

        foreach ((string name, string value) in options.Tags.Concat(CostScope.Current?.Tags ?? EquatableTexts.None))
        {
            tags[name] = value;
        }

        return tags;
    }

    /// <summary>The body of a request, which can be sent after it was read; <see langword="null"/> when it is a form or packed, or
    /// too large.</summary>
    internal static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not { } content
            || content.Headers.ContentType?.MediaType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true
            || content.Headers.ContentEncoding.Count > 0
            || content.Headers.ContentLength > LongestBody)
        {
            return null;
        }

#if NET9_0_OR_GREATER
        await content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
#else
        await content.LoadIntoBufferAsync().ConfigureAwait(false);
#endif
        return await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A request may name any number of tokens, also one that cannot be multiplied by its answers or prices.</summary>
    private BudgetRequest TryBound(RangePrices prices, string? operation, ReadOnlyMemory<byte>? body)
    {
        try
        {
            return Bound(prices, operation, body);
        }
        catch (OverflowException)
        {
            return Unknown("The request allows more tokens than can be counted.");
        }
    }

    private BudgetRequest Bound(RangePrices prices, string? operation, ReadOnlyMemory<byte>? body)
    {
        if (operation is not ("chat" or "embeddings"))
        {
            return Unknown($"What a call of this kind ({operation ?? "unknown"}) can cost is not worked out from its request.");
        }

        if (body is not { } json || HttpPrompt.Read(json, options.CountTokens) is not { } prompt)
        {
            return Unknown("The request is not an object of JSON that can be read.");
        }

        if (prompt.HasHostedTools)
        {
            return Unknown("Hosted tools are charged by use and put their results into the input, so there is no ceiling.");
        }

        if (prompt.HasOtherThanText && options.UncountedInputTokens is null)
        {
            return Unknown("The request holds more than text, or refers to what the provider keeps, so there is no ceiling.");
        }

        PromptLimits limits = new(prices.Limits, prompt.Tokens);
        long? output = operation == "embeddings" ? 0
            : (prompt.MaxOutput ?? options.MaxOutputTokens ?? limits.LongestOutput) * prompt.Choices;
        if (output is not { } most)
        {
            return Unknown("Nothing limits the output, so there is no ceiling. Set the limit of output tokens in the request.");
        }

        bool countsBytes = options.CountTokens is null;
        long input = checked(prompt.Tokens + (options.UncountedInputTokens ?? (countsBytes ? 0 : PerPart * prompt.Parts)));
        Money? ceiling = prices.Costliest(input, most);
        return new()
        {
            Ceiling = ceiling,
            Expected = options.ExpectedOutputTokens is { } expected
                ? prices.Price(new TokenUsage { Input = prompt.Tokens, Output = expected }) : null,
            Floor = countsBytes ? null : prices.Floor(prompt.Tokens), // bytes are more than tokens, so they are not the least
            Tokens = checked(input + most),
            UnknownBecause = ceiling is null && prices.Issues.Count > 0 ? string.Join(" ", prices.Issues.Distinct()) : null,
        };
    }

    private static BudgetRequest Unknown(string because) => new()
    {
        UnknownBecause = $"{because} {nameof(HttpBudgetOptions)} may say more: {nameof(HttpBudgetOptions.UncountedInputTokens)}, "
            + $"{nameof(HttpBudgetOptions.MaxOutputTokens)} or {nameof(HttpBudgetOptions.ChangeRequest)}.",
    };
}

using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>Puts the turns of a Realtime session together with what was said to it: the model that transcribes bills by itself.</summary>
/// <remarks>https://platform.openai.com/docs/guides/realtime-costs: the events <c>session.created</c> and <c>session.updated</c> name the
/// models, each <c>conversation.item.input_audio_transcription.completed</c> has a usage of its own.</remarks>
internal static class RealtimeSession
{
    /// <summary>The whole session; <see langword="null"/> when there was neither a turn nor a transcription.</summary>
    internal static UsageReading? Sum(UsageReading? turns, List<UsageReading>? heard, in RawUsage state)
    {
        if (heard is null)
        {
            return turns is { } alone ? alone with { Model = alone.Model ?? state.Model } : null;
        }

        UsageReading sum = turns ?? new UsageReading { Status = UsageStatus.Complete, Usage = default(TokenUsage) };
        string? first = heard.Find(one => one.Model is not null).Model ?? state.TranscriptionModel;
        string? reason = first is null
            ? $"What was said to the session was transcribed ({string.Join(", ", heard.Select(TextOf))}) by a model that no event of it "
                + "names, so its price is missing."
            : heard.Exists(one => one.Status != UsageStatus.Complete)
                ? "A transcription of what was said to the session does not state its usage."
            : null;
        ImmutableArray<NestedCall> calls = first is null
            ? []
            : [.. heard.Where(one => one.Usage is not null).Select(one => new NestedCall
            {
                Role = CallRole.Transcription,
                Model = one.Model ?? first,
                Usage = one.Usage!.Value,
                Meters = one.Meters.Count == 0 ? null : one.Meters,
            })];
        return sum with
        {
            Api = ApiFormat.OpenAIRealtime,
            Model = sum.Model ?? state.Model ?? first,
            Nested = [.. sum.Nested, .. calls],
            Status = reason is not null && sum.Status == UsageStatus.Complete ? UsageStatus.Partial : sum.Status,
            Reason = sum.Reason ?? reason,
        };
    }

    private static string TextOf(UsageReading one) =>
        $"{one.Usage?.ToString() ?? "no usage"}{(one.Meters.Count == 0 ? "" : $" {one.Meters}")}";
}

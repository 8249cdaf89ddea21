using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>One reason why a cost, or a part of it, is not known. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<CostIssue>))]
public sealed record CostIssue : IJsonValue<CostIssue>
{
    /// <summary>Makes an issue; set its properties.</summary>
    public CostIssue()
    {
    }

    /// <summary>Keeps the many places short that say why there is no price.</summary>
    [SetsRequiredMembers]
    internal CostIssue(CostIssueKind kind, string subject, string message) => (Kind, Subject, Message) = (kind, subject, message);

    /// <summary>Gets the kind of reason.</summary>
    public required CostIssueKind Kind { get; init; }

    /// <summary>Gets what it is about: the model id, bucket, meter, attribute, tier or provider.</summary>
    public required string Subject { get; init; }

    /// <summary>Gets the cause and the fix, in a sentence of one line: names from outside are in it with their control characters
    /// escaped.</summary>
    public required string Message { get; init => field = VisibleText.OneLine(value); }

    /// <summary>Shows the sentence.</summary>
    /// <returns>The <see cref="Message"/>.</returns>
    public override string ToString() => Message;

    private static readonly JsonObject<CostIssue> Shape = new JsonObject<CostIssue>(() => new(CostIssueKind.UnknownModel, "", ""))
        .Required("kind", JsonOf.Name<CostIssueKind>(), value => value.Kind, (owner, value) => owner with { Kind = value })
        .Required("subject", JsonOf.Text, value => value.Subject, (owner, value) => owner with { Subject = value })
        .Required("message", JsonOf.Text, value => value.Message, (owner, value) => owner with { Message = value });

    static JsonConverter<CostIssue> IJsonValue<CostIssue>.Json => Shape;
}

using System.Text.Json.Serialization;

namespace LlmCostModel.Logs;

/// <summary>One record of a log: the call that it tells of, or why it cannot be read.</summary>
/// <remarks>The type is immutable.</remarks>
[JsonConverter(typeof(JsonValueConverter<LogRecord>))]
public sealed record LogRecord : IJsonValue<LogRecord>
{
    /// <summary>The name of what no format knows: providers' responses.</summary>
    internal const string ResponseFormat = "response";

    /// <summary>Gets the number of the record, from 1, over all that the reader has read.</summary>
    public required long Number { get; init; }

    /// <summary>Gets the name of the log that the record is in.</summary>
    public string? Log { get; init; }

    /// <summary>Gets the line of the log on which the record begins, from 1; <see langword="null"/> when it is not known.</summary>
    public long? Line { get; init; }

    /// <summary>Gets the number of the row, from 1, where the log is a table without lines (Parquet); otherwise <see
    /// langword="null"/>.</summary>
    public long? Row { get; init; }

    /// <summary>Gets the name of the format that it was read as; <see langword="null"/> when it is not JSON, so that none was
    /// found.</summary>
    public string? Format { get; init; }

    /// <summary>Gets the call; <see langword="null"/> when the record cannot be read.</summary>
    public ModelCall? Call { get; init; }

    /// <summary>Gets whose call it is, as far as the log says: by name, such as <c>user</c>; empty when it says nothing.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init => field = EquatableTexts.Of(value); } = EquatableTexts.None;

    /// <summary>Gets the id of a record that cannot be read, where that much can be read; otherwise <see langword="null"/>.</summary>
    public string? Id { get; init; }

    /// <summary>Gets why the record cannot be read; <see langword="null"/> when it can.</summary>
    public string? Fault { get; init; }

    /// <summary>Gets what was probably meant by names that nobody knows, but which may be the caller's own, in sentences.</summary>
    public IReadOnlyList<string> Hints { get; init => field = EquatableList<string>.Of(value); } = [];

    /// <summary>Gets the record as it stands in the log, on one line; empty when it is not kept.</summary>
    public string Text { get; init; } = "";

    /// <summary>When the provider made the response, as it states it; null when it does not.</summary>
    internal string? Created { get; init; }

    /// <summary>By what the format knows the call again, beside the ids of its identity; null when it does not.</summary>
    internal string? Key { get; init; }

    /// <summary>Shows number and call, or the reason why it cannot be read.</summary>
    /// <returns>Such as <c>record 3 (id resp_1): The record has no model.</c>.</returns>
    public override string ToString()
    {
        string id = Id is null ? "" : $" (id {VisibleText.Short(Id, 200)})";
        return VisibleText.OneLine($"record {AmountFormat.ToText(Number)}{id}: {Fault ?? Call?.ToString()}");
    }

    private static readonly JsonObject<LogRecord> Shape = new JsonObject<LogRecord>(() => new() { Number = 0 })
        .Required("number", JsonOf.Int64, value => value.Number, (owner, value) => owner with { Number = value })
        .Optional("log", JsonOf.Text, value => value.Log, (owner, value) => owner with { Log = value })
        .Maybe("line", JsonOf.Int64, value => value.Line, (owner, value) => owner with { Line = value })
        .Maybe("row", JsonOf.Int64, value => value.Row, (owner, value) => owner with { Row = value })
        .Optional("format", JsonOf.Text, value => value.Format, (owner, value) => owner with { Format = value })
        .Optional("id", JsonOf.Text, value => value.Id, (owner, value) => owner with { Id = value })
        .Optional("fault", JsonOf.Text, value => value.Fault, (owner, value) => owner with { Fault = value })
        .Optional("hints", JsonOf.List(JsonOf.Text), value => value.Hints, (owner, value) => owner with { Hints = value })
        .Optional("text", JsonOf.Text, value => value.Text, (owner, value) => owner with { Text = value })
        .Optional("tags", JsonOf.By<IReadOnlyDictionary<string, string>, IReadOnlyList<KeyValuePair<string, string>>>(
                JsonOf.Entries(JsonOf.Text), tags => [.. tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)], EquatableTexts.Of),
            value => value.Tags, (owner, value) => owner with { Tags = value })
        .Optional("created", JsonOf.Text, value => value.Created, (owner, value) => owner with { Created = value })
        .Optional("key", JsonOf.Text, value => value.Key, (owner, value) => owner with { Key = value })
        .Optional("call", JsonOf.Value<ModelCall>(), value => value.Call, (owner, value) => owner with { Call = value });

    static JsonConverter<LogRecord> IJsonValue<LogRecord>.Json => Shape;
}

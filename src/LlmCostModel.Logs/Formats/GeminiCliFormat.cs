using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Sessions of Gemini CLI: one object, or since 2026 a line for every change, which may write a message again.</summary>
/// <remarks>google-gemini/gemini-cli, packages/core/src/services/chatRecordingService.ts and chatRecordingTypes.ts, read 2026-11-26. What
/// was rewound was answered all the same.</remarks>
internal sealed class GeminiCliFormat : LogFormat
{
    private static readonly string[] OfMessages = ["id", "timestamp", "type", "content", "displayContent"];

    public override string Name => "gemini-cli";

    public override string Description => "sessions of Gemini CLI";

    internal override IReadOnlyList<string> Marks { get; } = ["projectHash", "$set", "$rewindTo", "content", "tokens"];

    public override LogFormatReader Open() => new Reader();

    private sealed class Reader : LogFormatReader
    {
        private readonly List<(JsonElement Message, string? Session, long Line)> _messages = [];
        private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
        private string? _session;
        private string? _project;

        public override IEnumerable<LogEntry>? Read(JsonElement record)
        {
            if (RecordFields.Of(record) is not { } fields)
            {
                return null;
            }

            if (fields.Has("sessionId", "projectHash"))
            {
                (_session, _project) = (fields.Text("sessionId"), fields.Text("projectHash"));
                TakeAll(fields);
                return [];
            }

            if (IsChange(record))
            {
                TakeAll(fields.Object("$set") ?? fields);
                return [];
            }

            bool isAnswer = fields.Text("type") == "gemini" && fields.Has("id", "timestamp") && fields.HasAny("tokens", "model");
            if (isAnswer)
            {
                Take(record);
            }

            return isAnswer || IsOther(fields) ? [] : null;
        }

        public override IEnumerable<LogEntry> Finish() =>
            _messages.Select(one => LoggedCall.Read(() => ReadMessage(new(one.Message), one.Session))?.In(one.Message, one.Line))
                .OfType<LogEntry>();

        private LogEntry ReadMessage(RecordFields message, string? session)
        {
            LoggedCall call = new()
            {
                Model = message.Text("model"),
                At = message.Instant("timestamp"),
                Identity = new CallIdentity { RequestId = message.Text("id") },
                Origin = UsageOrigin.Provider,
                Tags = [("session", session), ("project", _project)],
            };
            return message.Object("tokens") is null
                ? call.ToEntry()
                : call.ToEntry(ModelCall.FromResponse(message.Record, ApiFormat.GeminiGenerateContent));
        }

        /// <summary>Changes of what holds for the session, and of where it stands.</summary>
        private static bool IsChange(JsonElement record)
        {
            JsonProperty[] members = [.. record.EnumerateObject().Take(2)];
            return members.Length == 1 && members[0].Name is "$set" or "$rewindTo";
        }

        /// <summary>What users wrote, and notes of the program.</summary>
        private bool IsOther(RecordFields fields) =>
            fields.Has("id", "timestamp", "type", "content")
            && fields.Text("type") is "user" or "info" or "error" or "warning"
            && (_session is not null || fields.Members.All(member => OfMessages.Contains(member.Name)));

        private void TakeAll(RecordFields owner)
        {
            foreach (JsonElement message in owner.List("messages")?.EnumerateArray() ?? default)
            {
                if (RecordFields.Of(message) is { } fields && fields.Text("type") == "gemini" && fields.Has("id"))
                {
                    Take(message);
                }
            }
        }

        /// <summary>Keeps what is counted of a message, of which the last line counts.</summary>
        private void Take(JsonElement message)
        {
            byte[] kept = JsonBytes.Write(writer =>
            {
                writer.WriteStartObject();
                foreach (JsonProperty member in message.EnumerateObject())
                {
                    if (member.Name is "id" or "timestamp" or "model" or "tokens")
                    {
                        member.WriteTo(writer);
                    }
                }

                writer.WriteEndObject();
            });
            using JsonDocument document = JsonDocument.Parse(kept);
            if (_indexes.TryAdd(message.Text("id") ?? "", _messages.Count))
            {
                _messages.Add(default);
            }

            _messages[_indexes[message.Text("id") ?? ""]] = (document.RootElement.Clone(), _session, Line);
        }
    }
}

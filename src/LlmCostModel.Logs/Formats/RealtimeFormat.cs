using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Events of OpenAI's Realtime sessions, one a line: those of the session name the models, a turn and what was transcribed are
/// calls.</summary>
/// <remarks>https://platform.openai.com/docs/api-reference/realtime-server-events (read 2026-11-26). Turns do not name their model, and
/// what is said to a session is transcribed by one of its own.</remarks>
internal sealed class RealtimeFormat : LogFormat
{
    public override string Name => "openai-realtime";

    public override string Description => "events of OpenAI's Realtime sessions";

    public override LogFormatReader Open() => new Reader();

    private sealed class Reader : LogFormatReader
    {
        private const string Turn = "response.done";
        private const string Transcription = "conversation.item.input_audio_transcription.completed";

        private static readonly string[] WithoutCall =
        [
            "session.", "transcription_session.", "conversation.", "response.", "input_audio_buffer.", "output_audio_buffer.",
            "rate_limits.",
        ];

        private string? _model;
        private string? _transcribes;
        private bool _isSession;

        public override IEnumerable<LogEntry>? Read(JsonElement record) =>
            record.ValueKind != JsonValueKind.Object || record.Text("type") is not { } type || Read(type, record) is not { } turn ? null
            : turn.IsCall ? [LogEntry.OfBody(() => ModelCall.FromResponse(record) with { RequestedModel = turn.Model }, hasOwnModel: true)]
            : [];

        /// <summary>What an event is: the model of its call, or nothing where it tells of none; <see langword="null"/> when it is not an
        /// event of a session.</summary>
        private (bool IsCall, string? Model)? Read(string type, JsonElement line)
        {
            if (line.Object("session") is { } session && type.Contains("session.", StringComparison.Ordinal))
            {
                _isSession = true;
                if (type.EndsWith(".created", StringComparison.Ordinal))
                {
                    (_model, _transcribes) = (null, null);
                }

                _model = session.Text("model") ?? _model;
                _transcribes = TranscriptionOf(session) ?? _transcribes;
                return (false, null);
            }

            return !_isSession ? null
                : type == Turn ? (true, _model)
                : type == Transcription ? (true, _transcribes)
                : WithoutCall.Any(start => type.StartsWith(start, StringComparison.Ordinal)) ? (false, null)
                : null;
        }

        /// <summary>As it is now, and as it was in the beta.</summary>
        private static string? TranscriptionOf(JsonElement session) =>
            session.Object("audio")?.Object("input")?.Object("transcription")?.Text("model")
                ?? session.Object("input_audio_transcription")?.Text("model");
    }
}

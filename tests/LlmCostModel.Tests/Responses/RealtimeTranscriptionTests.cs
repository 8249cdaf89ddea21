using System.Text;
using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Responses;

/// <summary>What is said to a Realtime session is transcribed by a model of its own, which bills by itself.</summary>
public sealed class RealtimeTranscriptionTests
{
    private const string Session = """{ "type": "session.created", "session": { "id": "s", "model": "voice", "audio": { "input": { "transcription": { "model": "scribe" } } } } }""";
    private const string OldSession = """{ "type": "session.updated", "session": { "model": "voice", "input_audio_transcription": { "model": "scribe" } } }""";
    private const string Turn = """{ "type": "response.done", "response": { "object": "realtime.response", "id": "r", "usage": { "input_tokens": 100, "output_tokens": 10, "total_tokens": 110 } } }""";
    private const string Heard = """{ "type": "conversation.item.input_audio_transcription.completed", "item_id": "i", "transcript": "x", "usage": { "type": "tokens", "input_tokens": 26, "input_token_details": { "text_tokens": 0, "audio_tokens": 26 }, "output_tokens": 6, "total_tokens": 32 } }""";
    private const string HeardSeconds = """{ "type": "conversation.item.input_audio_transcription.completed", "item_id": "i", "usage": { "type": "duration", "seconds": 4 } }""";

    private static readonly CostEstimator Estimator = Cards.Estimator("""
        { "c": { "Provider": "openai", "Currency": "USD", "Models": {
            "voice": { "PerMillionTokens": { "Input": 4, "Output": 16 } },
            "small-voice": { "PerMillionTokens": { "Input": 1, "Output": 2 } },
            "small-scribe": { "PerMillionTokens": { "AudioInput": 3, "Output": 5 } },
            "scribe": { "PerMillionTokens": { "AudioInput": 6, "Output": 10 }, "PerMeter": { "AudioInputSecond": 0.0001 } } } } }
        """);

    [Theory]
    [InlineData(Session)]
    [InlineData(OldSession)]
    public void Finish_TranscriptionsBesideTurns_AreCallsOfTheirModel(string session)
    {
        PricedCall priced = Price(session, Heard, Turn, HeardSeconds, Turn);

        // voice: 2 x (100 x 4 + 10 x 16) = 1,120; scribe: 26 x 6 + 6 x 10 = 216 and 4 x 100 = 400 millionths
        Assert.Equal((CostStatus.Priced, "0.001736 USD"), (priced.Status, priced.Total.ToString()));
        Assert.Equal(
            ["Main voice: 0.00112 USD", "Transcription scribe: 0.000216 USD", "Transcription scribe: 0.0004 USD"],
            priced.Parts.Select(part => part.ToString()));
    }

    /// <summary>A session that only transcribes has no turns.</summary>
    [Fact]
    public void Finish_OnlyTranscriptions_AreAllThatCosts()
    {
        PricedCall priced = Price("""{ "type": "session.created", "session": { "type": "transcription", "audio": { "input": { "transcription": { "model": "scribe" } } } } }""", Heard);

        Assert.Equal((CostStatus.Priced, "0.000216 USD"), (priced.Status, priced.Total.ToString()));
    }

    [Fact]
    public void Finish_ModelThatNoEventNames_IsNotGuessed()
    {
        PricedCall priced = Price("""{ "type": "session.created", "session": { "model": "voice" } }""", Heard, Turn);

        Assert.Equal((CostStatus.Partial, "0.00056 USD"), (priced.Status, priced.Total.ToString())); // 100 x 4 + 10 x 16
        Assert.Contains("AudioInput 26, Output 6", Assert.Single(priced.Issues).Message, StringComparison.Ordinal);
    }

    /// <summary>What was heard before the session was set to another model is of the one before: 26 x 6 + 6 x 10 = 216, then half of it.</summary>
    [Fact]
    public void Finish_SessionThatChangesItsTranscription_KeepsTheOrder()
    {
        PricedCall priced = Price(
            Session, Heard, """{ "type": "session.updated", "session": { "audio": { "input": { "transcription": { "model": "small-scribe" } } } } }""", Heard, Turn);

        Assert.Equal(
            ["Main voice: 0.00056 USD", "Transcription scribe: 0.000216 USD", "Transcription small-scribe: 0.000108 USD"],
            priced.Parts.Select(part => part.ToString()));
    }

    /// <summary>Two sessions one after the other are two calls, each by its own model: 100 x 4 + 10 x 16 = 560, and 100 x 1 + 10 x 2 = 120.</summary>
    [Fact]
    public void TryTakeAnswer_SessionBehindAnother_IsACallOfItsOwn()
    {
        UsageStreamReader reader = new();
        foreach (string one in (string[])[Session, Turn, Session.Replace("voice", "small-voice", StringComparison.Ordinal), Turn])
        {
            reader.AppendEvent(Encoding.UTF8.GetBytes(one));
        }

        Assert.True(reader.TryTakeAnswer(out UsageReading first));
        Assert.Equal("0.00056 USD", Estimator.Price(new ModelCall { Reading = first }).Total.ToString());
        Assert.Equal("0.00012 USD", Estimator.Price(new ModelCall { Reading = reader.Finish() }).Total.ToString());
    }

    private static PricedCall Price(params string[] events)
    {
        UsageStreamReader reader = new();
        foreach (string one in events)
        {
            reader.AppendEvent(Encoding.UTF8.GetBytes(one));
        }

        return Estimator.Price(new ModelCall { Reading = reader.Finish() });
    }
}

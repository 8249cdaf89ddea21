using System.Runtime.CompilerServices;

namespace LlmCostModel;

/// <summary>What a body states, as it states it. One lives on the stack per body; a stream merges those of its events.</summary>
internal struct RawUsage
{
    private StatedValues _values;
    private ulong _present;

    internal ApiEvidence Marks;

    /// <summary>Tool calls counted in the output, by their meter; they stand in for counts that the usage block leaves out.</summary>
    internal MeterCounts ItemCounts;

    /// <summary>The same of parts that come one by one, or a second time.</summary>
    internal MeterCounts PieceCounts;
    internal CallIdentity Identity;
    internal string? Model;

    /// <summary>The model that wrote a part of the answer, where the answer names none.</summary>
    internal string? ItemModel;
    internal string? ServedBy;

    /// <summary>What the attempt that answered consumed, as the list of attempts has it.</summary>
    internal TokenUsage? ServedUsage;
    internal string? Tier;

    /// <summary>How long the cache keeps what the call wrote, as far as that is not the provider's default.</summary>
    internal TimedWrite? Kept;
    internal string? UnknownTimeToLive;
    internal string? Speed;
    internal string? Region;
    internal DateTimeOffset? At;
    internal decimal? Cost;
    internal string? CostCurrency;
    internal decimal? Upstream;
    internal decimal? Seconds;

    /// <summary>How long something took, or is: audio where the body is a transcription.</summary>
    internal decimal? Duration;
    internal string? MissReason;
    internal string? TranscriptionModel;
    internal CallAttributeTexts Attributes;

    /// <summary>Calls within the call that the top-level counts leave out.</summary>
    internal List<NestedCall>? Nested;
    internal string? UnknownIteration;
    internal bool HasIterations;

    /// <summary>What looks like a count and is not known.</summary>
    internal UnknownCounts? Unknown;

    /// <summary>A count that became smaller in a stream, though not 0.</summary>
    internal StatedCount? Shrunk;

    /// <summary>How many calls the counts are the sum of, where that is stated.</summary>
    internal long? Calls;

    /// <summary>The usage of every model, of a sum of calls of several.</summary>
    internal List<ModelShare>? Models;

    /// <summary>What the answers in the list of attempts consumed together.</summary>
    internal TokenUsage? Answered;

    /// <summary>The provider's own usage, where the counts beside it are a library's.</summary>
    internal StatedPart? Own;

    /// <summary>What all calls of a run used together.</summary>
    internal StatedPart? Whole;

    /// <summary>The calls of a run, or those of the models that took part in an answer.</summary>
    internal List<StatedPart>? Parts;
    internal CallRole RoleOfParts;

    // Why there is no answer.
    internal string? Failure;
    internal string? ErrorCode;
    internal string? StatusText;
    internal long HttpStatus;
    internal string? BatchKey;

    internal readonly long this[StatedCount stated] => _values[(int)stated];

    internal readonly bool Has(StatedCount stated) => (_present & (1UL << (int)stated)) != 0;

    internal readonly bool Has(ApiEvidence marks) => (Marks & marks) != 0;

    internal void Set(StatedCount stated, long value)
    {
        _values[(int)stated] = value;
        _present |= 1UL << (int)stated;
    }

    /// <summary>A total of 0 beside counts is what libraries write for one that is not stated (OpenAI's for .NET, of bodies without it).
    /// </summary>
    internal void ForgetEmptyTotal()
    {
        if (Has(StatedCount.Total) && this[StatedCount.Total] == 0 && (this[StatedCount.Input] > 0 || this[StatedCount.Output] > 0))
        {
            _present &= ~(1UL << (int)StatedCount.Total);
        }
    }

    /// <summary>Takes the counts of another block in the place of its own, and what it says besides.</summary>
    /// <param name="other">The block.</param>
    /// <param name="isOfProvider">Whether it counts as the provider does, not as the library.</param>
    internal void TakeCounts(in RawUsage other, bool isOfProvider)
    {
        const ApiEvidence OfLibrary = ApiEvidence.VercelAI | ApiEvidence.LangChain | ApiEvidence.PydanticAI | ApiEvidence.Copilot
            | ApiEvidence.CacheApart;
        for (StatedCount stated = StatedCount.Input; stated < StatedCount.Count; stated++)
        {
            if (other.Has(stated))
            {
                Set(stated, other[stated]);
            }
            else if (stated < StatedCount.WebSearch)
            {
                _present &= ~(1UL << (int)stated);
                _values[(int)stated] = 0;
            }
        }

        Marks = (Marks & ~(ApiEvidence.Families | (isOfProvider ? OfLibrary : ApiEvidence.None))) | other.Marks;
        TakeDoubts(in other);
        Identity = other.Identity.Or(in Identity);
        Model ??= other.Model;
        Tier = other.Tier ?? Tier;
        Speed = other.Speed ?? Speed;
        Region = other.Region ?? Region;
        At ??= other.At;
        Cost = other.Cost ?? Cost;
        CostCurrency = other.CostCurrency ?? CostCurrency;
        Upstream = other.Upstream ?? Upstream;
        (Nested, UnknownIteration, Answered, HasIterations) =
            (other.Nested, other.UnknownIteration, other.Answered, other.HasIterations);
        (ServedBy, ServedUsage) = (other.ServedBy, other.ServedUsage);
        (Own, Whole) = (null, null);
    }

    /// <summary>Takes over what is in doubt of a part.</summary>
    internal void TakeDoubts(in RawUsage part)
    {
        if (part.Unknown is { } unknown)
        {
            (Unknown ??= new()).AddAll(unknown);
        }
    }

    /// <summary>Takes over what a later event states; what it does not state stays. Counts grow: a later, smaller one is that of a server
    /// which repeats the fields without their values.</summary>
    internal void Merge(in RawUsage later)
    {
        for (int i = 0; i < (int)StatedCount.Count; i++)
        {
            if (later.Has((StatedCount)i))
            {
                // An answer that is sent again begins small.
                long count = later[(StatedCount)i];
                bool isSmaller = count > 0 && count < this[(StatedCount)i] && !later.Has(ApiEvidence.Start);
                Shrunk ??= isSmaller ? (StatedCount)i : null;
                Set((StatedCount)i, Math.Max(this[(StatedCount)i], later[(StatedCount)i]));
            }
        }

        if (later.Has(ApiEvidence.Refused) && later.Has(StatedCount.Output))
        {
            // The first event of a stream states a token of output before there is any; how a refusal ended decides whether it is billed.
            Set(StatedCount.Output, later[StatedCount.Output]);
            Shrunk = Shrunk == StatedCount.Output ? null : Shrunk;
        }

        ForgetEmptyTotal();
        TakeDoubts(in later);
        ItemCounts = later.Has(ApiEvidence.Usage) ? later.ItemCounts : ItemCounts;
        PieceCounts.Add(in later.PieceCounts);
        Marks |= later.Marks;
        Identity = Identity.Or(in later.Identity);
        Model = later.Model ?? Model;
        ItemModel ??= later.ItemModel;
        ServedBy = later.ServedBy ?? ServedBy;
        ServedUsage = later.ServedUsage ?? ServedUsage;
        Tier = later.Tier ?? Tier;
        Kept = later.Kept ?? Kept;
        UnknownTimeToLive = later.UnknownTimeToLive ?? UnknownTimeToLive;
        Speed = later.Speed ?? Speed;
        Region = later.Region ?? Region;
        At ??= later.At;
        Cost = later.Cost ?? Cost;
        CostCurrency = later.CostCurrency ?? CostCurrency;
        Upstream = later.Upstream ?? Upstream;
        MissReason = later.MissReason ?? MissReason;
        TranscriptionModel = later.TranscriptionModel ?? TranscriptionModel;
        Seconds = later.Seconds is { } seconds ? Math.Max(seconds, Seconds ?? 0) : Seconds;
        Calls = later.Calls ?? Calls;
        Models = later.Models ?? Models;
        Own = later.Own ?? Own;
        Whole = later.Whole ?? Whole;
        (Parts, RoleOfParts) = later.Parts is null ? (Parts, RoleOfParts) : (later.Parts, later.RoleOfParts);
        Failure = later.Failure ?? Failure;
        ErrorCode = later.ErrorCode ?? ErrorCode;
        StatusText = later.StatusText ?? StatusText;
        HttpStatus = Math.Max(HttpStatus, later.HttpStatus);
        BatchKey = later.BatchKey ?? BatchKey;
        Attributes = later.Attributes.IsEmpty ? Attributes : later.Attributes;
        if (later.HasIterations)
        {
            (Nested, UnknownIteration, Answered, HasIterations) = (later.Nested, later.UnknownIteration, later.Answered, true);
        }
    }

    [InlineArray((int)StatedCount.Count)]
    private struct StatedValues
    {
        private long _first;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LlmCostModel;

/// <summary>The meters of a response while it is read.</summary>
[InlineArray(Size)]
internal struct MeterCounts
{
    internal const int Size = (int)StatedCount.Count - (int)StatedCount.WebSearch + 1;

    /// <summary>The index of the seconds of audio, the only meter that may have a fraction.</summary>
    internal const int AudioInputSecond = Size - 1;

    private static readonly string[] Names =
    [
        MeterNames.WebSearch, MeterNames.WebFetch, MeterNames.XSearch, MeterNames.FileSearchCall, MeterNames.AttachmentSearch,
        MeterNames.CodeExecution, MeterNames.ImageGeneration, MeterNames.SearchSource, MeterNames.SearchQuery,
        MeterNames.CitationToken, MeterNames.SearchUnit, MeterNames.GroundedPrompt, MeterNames.GroundedQuery,
        MeterNames.MapsGroundedPrompt, MeterNames.Image, MeterNames.Page, MeterNames.AnnotatedPage, MeterNames.Character,
        MeterNames.AudioInputSecond,
    ];

    private decimal _first;

    internal static int IndexOf(StatedCount stated) => (int)stated - (int)StatedCount.WebSearch;

    private readonly bool IsEmpty => !MemoryMarshal.AsBytes((ReadOnlySpan<decimal>)this).ContainsAnyExcept((byte)0);

    internal void Add(in MeterCounts other)
    {
        if (!other.IsEmpty)
        {
            for (int i = 0; i < Size; i++)
            {
                this[i] += other[i];
            }
        }
    }

    /// <summary>One call less of a tool, whose result says that it is not billed. The call itself may stand in an earlier piece.</summary>
    internal void TakeBack(StatedCount stated)
    {
        if (stated != StatedCount.None)
        {
            this[IndexOf(stated)]--;
        }
    }

    /// <summary>The larger of each, for two lists of the same.</summary>
    internal void Raise(in MeterCounts other)
    {
        if (!other.IsEmpty)
        {
            for (int i = 0; i < Size; i++)
            {
                this[i] = Math.Max(this[i], other[i]);
            }
        }
    }

    internal readonly MeteredQuantities ToQuantities()
    {
        MeteredQuantities quantities = MeteredQuantities.Empty;
        if (IsEmpty)
        {
            return quantities; // as nearly all are, and comparing decimals is slow
        }

        for (int i = 0; i < Size; i++)
        {
            if (this[i] != 0)
            {
                quantities = quantities.With(Names[i], this[i]);
            }
        }

        return quantities;
    }
}

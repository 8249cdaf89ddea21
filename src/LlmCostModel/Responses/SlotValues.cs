using System.Runtime.CompilerServices;

namespace LlmCostModel;

/// <summary>One number per <see cref="Slot"/>.</summary>
[InlineArray((int)Slot.Count)]
internal struct SlotValues
{
    private long _first;
}

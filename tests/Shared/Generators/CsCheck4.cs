#if !NET10_0_OR_GREATER
namespace CsCheck;

/// <summary>The names of CsCheck 5, which is for .NET 10 alone, in CsCheck 4.</summary>
internal static class CsCheck4
{
    extension(Gen)
    {
        internal static Gen<T> OneOf<T>(params T[] values) => Gen.OneOfConst(values);
    }
}
#endif

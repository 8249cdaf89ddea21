namespace LlmCostModel.Packages.Tests.Folders;

/// <summary>A file that a project compiles.</summary>
/// <param name="Folder">Its folder, such as <c>RateCards/Faults</c>; <c>(root)</c> for none, <c>Shared/...</c> for shared source.</param>
/// <param name="Path">The path inside of the repository.</param>
/// <param name="Text">The source.</param>
internal sealed record SourceFile(string Folder, string Path, string Text);

namespace LlmCostModel.Packages.Tests.Folders;

/// <summary>A file that uses a type, or a member of one, that a file of another folder declares.</summary>
internal sealed record FolderArrow(SourceFile From, SourceFile To, string Type);

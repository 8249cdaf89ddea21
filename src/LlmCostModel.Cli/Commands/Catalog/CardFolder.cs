using LlmCostModel.Catalog;

namespace LlmCostModel.Cli.Commands.Catalog;

/// <summary>A folder of rate cards, a file per provider, that a refresh reads and edits.</summary>
internal sealed class CardFolder
{
    private readonly CommandHost _host;
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byProvider = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="CliException">There is no such folder, or it holds no cards, or one that is not valid.</exception>
    public CardFolder(string path, CommandHost host)
    {
        _host = host;
        try
        {
            foreach (string file in Directory.GetFiles(path, "*.json").Order(StringComparer.Ordinal))
            {
                Read(file);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"'{path}' cannot be read: {exception.Message} Name a folder of rate cards.");
        }

        if (Cards.Count == 0)
        {
            throw new CliException($"'{path}' has no file *.json with rate cards. Name a folder of rate cards, a file per provider.");
        }
    }

    public List<RateCard> Cards { get; } = [];

    /// <summary>Makes the edits and writes the files that change.</summary>
    /// <returns>The proposals that are written, and the names of the files.</returns>
    public (HashSet<RefreshProposal> Written, List<string> Files) Write(IEnumerable<RefreshProposal> proposals)
    {
        HashSet<RefreshProposal> written = [];
        List<string> names = [];
        foreach (IGrouping<string, RefreshProposal> edits in proposals.GroupBy(proposal => _byProvider[proposal.Provider]))
        {
            string name = Path.GetFileName(edits.Key);
            try
            {
                CardText text = new(_files[edits.Key], name);
                written.UnionWith(edits);
                foreach ((RefreshProposal proposal, string why) in text.Apply([.. edits]))
                {
                    _host.Tell($"{name}: {proposal.Model} is left as it is: {why}");
                    written.Remove(proposal);
                }

                OutputFile.Write(_host, edits.Key, text.Utf8);
                names.Add(name);
            }
            catch (RateCardException exception)
            {
                _host.Tell(exception.Message);
            }
        }

        return (written, names);
    }

    private void Read(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        try
        {
            foreach (RateCard card in RateCardJson.Parse(bytes, Path.GetFileName(file)))
            {
                Cards.Add(card);
                _byProvider.TryAdd(card.Provider ?? "", file);
            }
        }
        catch (RateCardException exception)
        {
            throw new CliException(exception.Message);
        }

        _files[file] = bytes;
    }
}

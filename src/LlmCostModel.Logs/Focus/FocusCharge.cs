namespace LlmCostModel.Logs;

/// <summary>One charge of a call: a term of its cost, or a piece of it that has one list price.</summary>
internal readonly record struct FocusCharge(
    ReceiptLine Line, decimal Quantity, decimal Cost, decimal ListRate, decimal ListCost, IReadOnlyList<string> ListRules, long Calls)
{
    /// <summary>Whether the charge is taken of other charges, so that it has no quantity and no unit price.</summary>
    public bool IsTakenOfOthers => IsOfOthers(Line);

    /// <summary>The terms of a part of a call beside its terms at list prices.</summary>
    /// <param name="lines">The terms.</param>
    /// <param name="listLines">The same at list prices: of the same quantities, which the card's own steps may split elsewhere.</param>
    /// <param name="calls">Of how many calls they are.</param>
    public static IEnumerable<FocusCharge> Of(IReadOnlyList<ReceiptLine> lines, IReadOnlyList<ReceiptLine> listLines, long calls)
    {
        List<Piece> list = [.. listLines.Select(line => new Piece(line))];
        foreach (ReceiptLine line in lines)
        {
            if (IsOfOthers(line))
            {
                Piece? same = list.Find(piece => piece.Left != 0 && piece.Line.Name == line.Name && piece.Line.Rate == line.Rate)
                    ?? list.Find(piece => piece.Left != 0 && piece.Line.Name == line.Name);
                decimal amount = same?.Line.Amount ?? 0;
                same?.Take(same.Left);
                yield return new(line, line.Quantity, line.Amount, 0, amount, same?.Line.Rules ?? [], calls);
                continue;
            }

            decimal left = line.Quantity;
            while (left != 0)
            {
                Piece? piece = list.Find(piece => piece.Left != 0 && piece.Line.Name == line.Name && !IsOfOthers(piece.Line));
                decimal part = piece is null ? left : Math.Min(left, piece.Left);
                piece?.Take(part);
                yield return OfPart(line, piece?.Line, part, calls);
                left -= part;
            }
        }
    }

    private static FocusCharge OfPart(ReceiptLine line, ReceiptLine? list, decimal part, long calls)
    {
        // What only an overlay charges costs nothing at list prices.
        Rational listRate = list is null ? default : Rational.From(list.Rate) * Rational.From(line.Per) / Rational.From(list.Per);
        decimal cost = part == line.Quantity ? line.Amount : Amount(Rational.From(line.Rate), part, line.Per);
        decimal listCost = list is null ? 0
            : part == list.Quantity ? list.Amount
            : Amount(Rational.From(list.Rate), part, list.Per);
        return new(line, part, cost, listRate.ToDecimal(out _), listCost, list?.Rules ?? [], calls);
    }

    private static decimal Amount(Rational rate, decimal quantity, decimal per) =>
        (rate * Rational.From(quantity) / Rational.From(per)).ToDecimal(out _);

    /// <summary>A percentage of the cost, and what lifts it to the least that a call costs.</summary>
    private static bool IsOfOthers(ReceiptLine line) => line.Bucket is null && line.Name is "PercentFee" or "MinimumCharge";

    /// <summary>A term at list prices, of which a part is taken.</summary>
    private sealed class Piece(ReceiptLine line)
    {
        public ReceiptLine Line => line;

        public decimal Left { get; private set; } = line.Quantity;

        public void Take(decimal part) => Left -= part;
    }
}

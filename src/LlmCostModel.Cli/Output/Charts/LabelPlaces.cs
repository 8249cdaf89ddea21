namespace LlmCostModel.Cli.Output.Charts;

/// <summary>Finds room for labels inside a plot: never over another label, and over as few lines as there are around.</summary>
internal sealed class LabelPlaces(double left, double right, double top, double bottom)
{
    private readonly List<(double Left, double Top, double Right, double Bottom)> _boxes = [];
    private readonly List<((double X, double Y) From, (double X, double Y) To)> _lines = [];

    public void AddLine(IEnumerable<(double X, double Y)> points)
    {
        (double X, double Y)[] all = [.. points];
        _lines.AddRange(all.Skip(1).Select((to, i) => (all[i], to)));
    }

    /// <summary>Keeps what is not text free of it.</summary>
    public void AddBox(double x, double y, double size) => _boxes.Add((x - size, y - size, x + size, y + size));

    /// <summary>Takes the best of some places for a text, each the start of its base line.</summary>
    /// <returns><see langword="null"/> when each lies over another text or outside.</returns>
    public (double X, double Y)? Take(string text, IEnumerable<(double X, double Y)> places)
    {
        double width = TextWidth.OfLine(text);
        (double X, double Y)[] free =
        [
            .. places.Where(place => IsInside(BoxAt(place, width)) && !_boxes.Exists(box => Overlap(box, BoxAt(place, width)))),
        ];
        if (free.Length == 0)
        {
            return null;
        }

        (double X, double Y) best = free.MinBy(place => _lines.Count(line => Cross(line, BoxAt(place, width))));
        _boxes.Add(BoxAt(best, width));
        return best;
    }

    private static (double Left, double Top, double Right, double Bottom) BoxAt((double X, double Y) place, double width) =>
        (place.X - 2, place.Y - 11, place.X + width + 2, place.Y + 4);

    private bool IsInside((double Left, double Top, double Right, double Bottom) box) =>
        box.Left >= left && box.Right <= right && box.Top >= top && box.Bottom <= bottom;

    private static bool Overlap(
        (double Left, double Top, double Right, double Bottom) one,
        (double Left, double Top, double Right, double Bottom) other) =>
        one.Left < other.Right && other.Left < one.Right && one.Top < other.Bottom && other.Top < one.Bottom;

    /// <summary>Whether a line that goes from left to right meets a box.</summary>
    private static bool Cross(
        ((double X, double Y) From, (double X, double Y) To) line,
        (double Left, double Top, double Right, double Bottom) box)
    {
        double from = Math.Max(box.Left, line.From.X), to = Math.Min(box.Right, line.To.X);
        if (from > to)
        {
            return false;
        }

        double one = At(line, from), other = At(line, to);
        return Math.Min(one, other) <= box.Bottom && Math.Max(one, other) >= box.Top;
    }

    private static double At(((double X, double Y) From, (double X, double Y) To) line, double x) =>
        line.To.X <= line.From.X
            ? line.From.Y
            : line.From.Y + ((line.To.Y - line.From.Y) * (x - line.From.X) / (line.To.X - line.From.X));
}

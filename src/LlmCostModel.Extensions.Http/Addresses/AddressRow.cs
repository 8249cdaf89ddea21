namespace LlmCostModel;

/// <summary>Where an address names its region.</summary>
internal enum RegionPlace
{
    /// <summary>Nowhere.</summary>
    None,

    /// <summary>In the label before the domain: <c>eu.api.openai.com</c>.</summary>
    Before,

    /// <summary>There, and the price is that of the geography: <c>us-east-1.api.x.ai</c> is <c>us</c>.</summary>
    Geography,

    /// <summary>In the label behind the service: <c>bedrock-runtime.us-east-1.amazonaws.com</c>.</summary>
    Behind,

    /// <summary>In the path, else joined to the domain: <c>us-east5-aiplatform.googleapis.com/.../locations/us-east5/...</c>.</summary>
    Path,
}

/// <summary>One kind of address.</summary>
/// <param name="Domain">The domain, whose subdomains count as well; a service when the region stands behind it.</param>
/// <param name="Provider">Who bills.</param>
/// <param name="Place">Where the region stands.</param>
/// <param name="Region">The region of every such address.</param>
internal sealed record AddressRow(string Domain, string Provider, RegionPlace Place = RegionPlace.None, string? Region = null);

using CrmWeb.Web.Platform.Localisation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared.Files;

/// <summary>Bytes as people say them.</summary>
public static class FileSizes
{
    private const double Thousand = 1024;

    public static string Of(long bytes, IStringLocalizer L)
    {
        var (size, step) = ((double)bytes, 0);
        for (; size >= Thousand && step < 3; step++) size /= Thousand;
        // 1.9, but 2 and 19
        var said = Math.Round((decimal)size, size < 10 ? 1 : 0);
        var number = Digits.Number(said, decimal.IsInteger(said) ? 0 : 1);
        return step switch
        {
            0 => L["{0} bytes", number],
            1 => L["{0} KB", number],
            2 => L["{0} MB", number],
            _ => L["{0} GB", number],
        };
    }
}

using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared.Files;

/// <summary>Looks into the files of a request, in turn with others where there are archives among them, and no longer than its budget says.</summary>
public sealed class FileLooking(CurrentTenant tenant, AttachmentFiles files, FileInspection inspection, ArchiveTurns turns, IStringLocalizer L)
{
    private const int Start = 4;

    /// <param name="sent">As they came in: all of their bytes are here.</param>
    /// <param name="room">Bytes that the tenant may still add.</param>
    /// <param name="full">What is said of those that there is no room for, by how much there is.</param>
    public async Task<SentFiles> Look(IReadOnlyList<IFormFile> sent, long room, Func<long, string> full, CancellationToken stop)
    {
        var (worth, refused, left) = (new List<IFormFile>(), new List<RefusedFile>(), room);
        foreach (var (index, file) in sent.Index())
        {
            // too large ones are not worth reading, and neither are those beyond the number
            if (index >= files.MaxAtOnce) refused.Add(Refuse(file, L["At most {0} files at once.", Digits.Number(files.MaxAtOnce)]));
            else if (file.Length > files.MaxSize) refused.Add(Refuse(file, L["It is larger than {0}.", FileSizes.Of(files.MaxSize, L)]));
            else if (file.Length > left) refused.Add(Refuse(file, full(room)));
            else (left, worth) = (left - file.Length, [.. worth, file]);
        }

        var unpacks = worth.Exists(IsArchive);
        using var turn = unpacks ? await turns.Take(tenant.Id, stop) : null;
        if (unpacks && turn is null)
            return new([], [.. refused, .. worth.Select(file => Refuse(file, L["Many archives are being looked into at this moment. Send it again in a minute."]))], turns.ComeAgain);

        var (accepted, budget) = (new List<AcceptedFile>(), new UnpackBudget());
        foreach (var file in worth)
        {
            using var content = file.OpenReadStream();
            var found = inspection.Look(file.FileName, content, budget);
            if (found.Type is { } type) accepted.Add(new(found.Name, type, file));
            else refused.Add(new(found.Name, found.Reason!));
        }

        return new(accepted, refused);
    }

    private static RefusedFile Refuse(IFormFile file, string reason) => new(FileName.Clean(file.FileName) ?? "", reason);

    private static bool IsArchive(IFormFile file)
    {
        using var content = file.OpenReadStream();
        var start = new byte[Start];
        return MagicBytes.IsZip(start.AsSpan(0, content.ReadAtLeast(start, Start, throwOnEndOfStream: false)));
    }
}

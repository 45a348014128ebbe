using System.Globalization;
using System.Text;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared.Files;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Demo;

/// <summary>A few files for the demo tenant: offers that went out with a mail or a meeting, and lists that lie with the customer.</summary>
internal static class DemoFiles
{
    private const int Offers = 12;
    private const int Lists = 5;

    /// <summary>The tenant is entered.</summary>
    public static async Task AddFiles(this CrmDb db, AttachmentFiles files, CancellationToken stop)
    {
        var sent = await db.Interactions.Where(i => !i.IsPlanned && (i.Channel == Channel.Email || i.Channel == Channel.Meeting)).OrderByDescending(i => i.OccurredAt).ThenBy(i => i.Id).Take(Offers)
            .Select(i => new { i.Id, i.CustomerId, i.MemberId, i.OccurredAt, i.Customer!.Name }).ToListAsync(stop);
        foreach (var (n, contact) in sent.Index())
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"Offer {contact.OccurredAt:yyyy}-{n + 101}.pdf");
            await Add(new(name, FileType.Pdf, Pdf($"Offer for {contact.Name}")), contact.CustomerId, contact.Id, contact.MemberId, contact.OccurredAt);
        }

        foreach (var contact in sent.DistinctBy(contact => contact.CustomerId).Take(Lists))
            await Add(new("Price list.csv", FileType.Csv, "Coffee;Bag;EUR\r\nHouse blend;1 kg;19.90\r\nDecaf;250 g;7.40\r\n"u8.ToArray()), contact.CustomerId, null, contact.MemberId, contact.OccurredAt.AddDays(-3));
        await db.SaveChangesAsync(stop);

        async Task Add(MadeUpFile file, long customer, long? interaction, long member, DateTime at)
        {
            using var bytes = new MemoryStream(file.Bytes);
            if (await files.Save(db.Current, bytes, stop) is { } stored)
                db.Attachments.Add(new Attachment(customer, interaction, new FileFacts(file.Name, file.Type.MediaType, stored.Size, stored.Sha256, stored.Key), member, at));
        }
    }

    private sealed record MadeUpFile(string Name, FileType Type, byte[] Bytes);

    /// <summary>One page with one line. Its table of places is left away: readers make it anew.</summary>
    private static byte[] Pdf(string line)
    {
        var text = new string([.. line.Select(c => char.IsAscii(c) && c is not ('(' or ')' or '\\') ? c : '?')]);
        var content = $"BT /F1 24 Tf 72 720 Td ({text}) Tj ET";
        return Encoding.ASCII.GetBytes(
            $"""
             %PDF-1.4
             1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
             2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
             3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>> endobj
             4 0 obj <</Length {content.Length}>> stream
             {content}
             endstream endobj
             5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
             trailer <</Root 1 0 R>>
             %%EOF

             """);
    }
}

namespace CrmWeb.Web.Features.Shared.Files;

/// <summary>A kind of file that is taken, and nothing else is.</summary>
/// <param name="MediaType">What it is sent as.</param>
/// <param name="Icon">Of the sprite.</param>
/// <param name="Extensions">What its name may end with; the usual one first.</param>
public sealed record FileType(string MediaType, string Icon, params string[] Extensions)
{
    private const string Picture = "photo";
    private const string Sound = "music";
    private const string Film = "movie";
    private const string Words = "file-text";
    private const string Sheet = "file-spreadsheet";
    private const string Slides = "presentation";

    public static readonly FileType Pdf = new("application/pdf", "file-type-pdf", "pdf");
    public static readonly FileType Png = new("image/png", Picture, "png");
    public static readonly FileType Jpeg = new("image/jpeg", Picture, "jpg", "jpeg", "jfif");
    public static readonly FileType Gif = new("image/gif", Picture, "gif");
    public static readonly FileType WebP = new("image/webp", Picture, "webp");
    public static readonly FileType Heic = new("image/heic", Picture, "heic", "heif");
    public static readonly FileType Word = new("application/vnd.openxmlformats-officedocument.wordprocessingml.document", Words, "docx");
    public static readonly FileType Excel = new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Sheet, "xlsx");
    public static readonly FileType PowerPoint = new("application/vnd.openxmlformats-officedocument.presentationml.presentation", Slides, "pptx");
    public static readonly FileType OpenText = new("application/vnd.oasis.opendocument.text", Words, "odt");
    public static readonly FileType OpenSheet = new("application/vnd.oasis.opendocument.spreadsheet", Sheet, "ods");
    public static readonly FileType OpenSlides = new("application/vnd.oasis.opendocument.presentation", Slides, "odp");
    public static readonly FileType OpenDrawing = new("application/vnd.oasis.opendocument.graphics", Picture, "odg");
    public static readonly FileType Zip = new("application/zip", "file-zip", "zip");
    public static readonly FileType Mail = new("message/rfc822", "mail", "eml");
    public static readonly FileType Csv = new("text/csv", Sheet, "csv", "tsv");
    public static readonly FileType Text = new("text/plain", Words, "txt", "log", "md", "vcf", "ics");
    public static readonly FileType Mp3 = new("audio/mpeg", Sound, "mp3");
    public static readonly FileType Wav = new("audio/wav", Sound, "wav");
    public static readonly FileType Ogg = new("audio/ogg", Sound, "ogg", "oga", "opus");
    public static readonly FileType Flac = new("audio/flac", Sound, "flac");
    public static readonly FileType Amr = new("audio/amr", Sound, "amr");
    public static readonly FileType Mp4 = new("video/mp4", Film, "mp4", "m4v", "m4a", "3gp");
    public static readonly FileType QuickTime = new("video/quicktime", Film, "mov", "qt");
    public static readonly FileType WebM = new("video/webm", Film, "webm", "mkv", "weba");
    public static readonly FileType Avi = new("video/x-msvideo", Film, "avi");

    public static readonly IReadOnlyList<FileType> All =
    [
        Pdf, Png, Jpeg, Gif, WebP, Heic, Word, Excel, PowerPoint, OpenText, OpenSheet, OpenSlides, OpenDrawing, Zip, Mail, Csv, Text,
        Mp3, Wav, Ogg, Flac, Amr, Mp4, QuickTime, WebM, Avi,
    ];

    /// <summary>Pictures of points, which every browser draws and none runs: these alone are shown in the browser.</summary>
    public static readonly IReadOnlyList<FileType> Shown = [Png, Jpeg, Gif, WebP];

    /// <summary>What a chooser of files offers. A phone offers its camera for it, and its pictures and files as well.</summary>
    public static readonly string Accept = string.Join(',', ((string[])["image/*", "audio/*", "video/*"]).Concat(All.SelectMany(type => type.Extensions.Select(extension => "." + extension))));

    public bool Has(string extension) => Extensions.Contains(extension, StringComparer.Ordinal);

    public static bool IsShown(string mediaType) => Shown.Any(type => type.MediaType == mediaType);

    public static string IconOf(string mediaType) => All.FirstOrDefault(type => type.MediaType == mediaType)?.Icon ?? "file-text";
}

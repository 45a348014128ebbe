using System.Text;

namespace CrmWeb.BrowserTests.Support;

internal static class Files
{
    private const int Accounts423 = 423;

    /// <summary>The real export of accounts where the shared data are there, else one of the same shape made here.</summary>
    public static async Task<string> Accounts()
    {
        for (var folder = new DirectoryInfo(Places.Root); folder is not null; folder = folder.Parent)
        {
            var shared = Path.Combine(folder.FullName, "shared", "data", "salesforce", "accountData.csv");
            if (File.Exists(shared)) return shared;
        }

        var file = Path.Combine(Path.GetTempPath(), "crm-accounts.csv");
        var text = new StringBuilder("\"ID\",\"NAME\",\"BILLINGSTREET\",\"BILLINGCITY\",\"BILLINGCOUNTRY\",\"PHONE\"\r\n\"A-1\",\"Gravity Investments\",\"150 Palmer Drive\",\"Fort Collins\",\"US\",\"\"\r\n");
        for (var i = 2; i <= Accounts423; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\"A-{i}\",\"Account {i}\",\"\",\"\",\"US\",\"\"\r\n");
        await File.WriteAllTextAsync(file, text.ToString(), Encoding.Latin1);
        return file;
    }
}

using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace CrmWeb.Domain.Customers;

/// <summary>The countries of ISO 3166-1, found by what people type.</summary>
public static class Countries
{
    private const string Codes = """
        AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO
        CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR
        HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN
        MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD
        SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE
        YT ZA ZM ZW
        """;

    // Names that the framework does not know; spelled freely, for they are compared by their letters alone.
    private const string Aliases = """
        US=america|united states of america|the states|آمریکا|امریکا|ایالات متحده|ایالات متحده آمریکا;GB=uk|great britain|britain|england|scotland|wales|
        northern ireland|انگلیس|انگلستان|بریتانیا;NL=holland|the netherlands|هلند;RU=russian federation|روسیه;KR=korea|republic of korea|korea republic of|
        کره جنوبی;KP=dprk|democratic peoples republic of korea|کره شمالی;IR=islamic republic of iran|iran islamic republic of|persia|جمهوری اسلامی ایران;
        CZ=czech republic;MK=macedonia|fyrom;CI=ivory coast|ساحل عاج;MM=burma|myanmar;SZ=swaziland;CV=cabo verde;TR=turkiye|ترکیه;AE=uae|emirates|امارات|
        امارات متحده عربی;CN=peoples republic of china|prc|mainland china|چین;HK=hong kong|هنگ کنگ;MO=macao|macau;TW=taiwan province of china|تایوان;
        PS=palestine|state of palestine|فلسطین;SY=syrian arab republic|سوریه;LA=lao pdr|lao peoples democratic republic;MD=republic of moldova;
        TZ=united republic of tanzania;BO=plurinational state of bolivia;VE=bolivarian republic of venezuela;BN=brunei darussalam;
        VA=vatican|holy see;CD=dr congo|drc|democratic republic of the congo|zaire;CG=congo|republic of the congo;FM=federated states of micronesia;VN=viet nam|
        ویتنام;BA=bosnia;KN=saint kitts and nevis;LC=saint lucia;VC=saint vincent and the grenadines;BL=saint barthelemy;MF=saint martin;
        SH=saint helena;PM=saint pierre and miquelon;TL=east timor;EH=western sahara;GB=united kingdom of great britain and northern ireland;
        DE=federal republic of germany|brd|آلمان;AT=اتریش;CH=سوئیس|سوییس;FR=فرانسه;IT=ایتالیا;ES=اسپانیا;PT=پرتغال;BE=بلژیک;SE=سوئد;NO=نروژ;DK=دانمارک;
        FI=فنلاند;PL=لهستان;GR=یونان;UA=اوکراین;CA=کانادا;AU=استرالیا;NZ=نیوزیلند|زلاندنو;JP=ژاپن;IN=هند|هندوستان;BR=برزیل;MX=مکزیک;AR=آرژانتین;EG=مصر;
        AM=ارمنستان;AZ=آذربایجان|جمهوری آذربایجان;GE=گرجستان;TM=ترکمنستان;UZ=ازبکستان;KZ=قزاقستان;TJ=تاجیکستان;ZA=آفریقای جنوبی;MY=مالزی;SG=سنگاپور;TH=تایلند;
        IE=ایرلند;CY=قبرس
        """;

    private static readonly Lazy<FrozenDictionary<string, string>> ByName = new(Read);

    /// <summary>All alpha-2 codes, in upper case, in the alphabet's order.</summary>
    public static IReadOnlyList<string> All { get; } = Codes.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries);

    /// <summary>
    /// The alpha-2 code of what was typed: a code of two or three letters, the English name, the name in a language of the country, or one
    /// of the usual other names, in any case, with or without accents and punctuation. False, with an empty code, for an unknown
    /// text, which is to be kept as it was typed. Never throws.
    /// </summary>
    public static bool TryFind(string? typed, out string code)
    {
        var found = ByName.Value.TryGetValue(Letters(typed), out var known);
        code = known ?? "";
        return found;
    }

    /// <summary>The English name of an alpha-2 code; any other text comes back as it is.</summary>
    public static string NameOf(string codeOrText) =>
        All.Contains(codeOrText, StringComparer.OrdinalIgnoreCase) ? Region(codeOrText)?.EnglishName ?? "Western Sahara" : codeOrText;

    private static FrozenDictionary<string, string> Read()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var code in All)
        {
            names[Letters(code)] = code;
            if (Region(code) is not { } region) continue;
            names.TryAdd(Letters(region.ThreeLetterISORegionName), code);
            names.TryAdd(Letters(region.EnglishName), code);
        }

        foreach (var culture in CultureInfo.GetCultures(CultureTypes.SpecificCultures))
        {
            var region = new RegionInfo(culture.Name);
            if (region.TwoLetterISORegionName is { Length: 2 } code && All.Contains(code)) names.TryAdd(Letters(region.NativeName), code);
        }

        foreach (var entry in Aliases.Split(';', StringSplitOptions.TrimEntries))
        {
            foreach (var alias in entry[3..].Split('|')) names[Letters(alias)] = entry[..2];
        }

        names.Remove("");
        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }

    // The framework knows no name for EH.
    private static RegionInfo? Region(string code)
    {
        try
        {
            return new RegionInfo(code);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // "The U.S.A." and "usa", "Côte d’Ivoire" and "cote d'ivoire", "Trinidad & Tobago" and "Trinidad and Tobago"
    private static string Letters(string? name)
    {
        var words = SearchText.Fold(name).Replace("&", " and ", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var letters = new StringBuilder();
        foreach (var word in words.SkipWhile((word, i) => i == 0 && words.Length > 1 && word is "the")) letters.Append(word);
        return string.Concat(letters.ToString().Where(char.IsLetter));
    }
}

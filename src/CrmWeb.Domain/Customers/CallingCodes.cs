using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.InteropServices;

namespace CrmWeb.Domain.Customers;

/// <summary>How a country dials: its calling code, what is dialled before a national and before an international number.</summary>
/// <param name="Code">Digits after the +.</param>
/// <param name="Trunk">Digits before a national number that are not dialled from abroad; empty where there are none.</param>
/// <param name="International">Digits before an international number.</param>
/// <param name="Length">Digits of a national number where all have the same number of them, otherwise 0.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CallingCode(string Code, string Trunk, string International, int Length);

/// <summary>
/// The calling codes of ITU-T E.164, with national and international prefixes as the national numbering plans state them.
/// A country whose national prefix is in doubt stands among those without one: its numbers are then kept as they were typed.
/// </summary>
internal static class CallingCodes
{
    // country calling-code, one group a line per dialling habit
    private const string TrunkZero = """
        AF93 AL355 DZ213 AR54 AM374 AT43 AX358 AZ994 BD880 BE32 BA387 BO591 BR55 BG359 CN86 CD243 HR385 EC593 EG20 ER291 ET251 FI358 FR33 GF594
        GE995 DE49 GH233 GP590 BL590 MF590 IN91 IR98 IQ964 IE353 IL972 JO962 KG996 LA856 LB961 LR231 LY218 MK389 MG261 MY60 MQ596 MD373 ME382 MA212
        EH212 MM95 MW265 NA264 NP977 NL31 NZ64 KP850 PK92 PS970 PY595 PE51 PH63 PM508 RE262 YT262 RO40 RW250 RS381 XK383 SA966 SK421 SI386 ZA27 SD249
        SS211 LK94 SE46 CH41 SL232 SY963 TR90 UA380 AE971 GB44 GG44 JE44 IM44 UY598 VE58 VN84 YE967 ZM260 ZW263
        """;

    private const string NoTrunk = """
        AD376 AO244 AQ672 AW297 BH973 BJ229 BZ501 BT975 BW267 BQ599 BN673 BF226 BI257 CM237 CV238 CF236 TD235 CL56 CO57 KM269 CG242 CK682 CR506 CI225
        CW599 CY357 CZ420 DK45 DJ253 SV503 GQ240 EE372 SZ268 FK500 FO298 FJ679 PF689 GA241 GM220 GI350 GR30 GL299 GT502 GN224 GW245 HT509
        HN504 IS354 IO246 IT39 KI686 KW965 LV371 LS266 LI423 LU352 MO853 MV960 ML223 MT356 MR222 MU230 FM691 MC377 MZ258 NR674 NC687 NI505
        NE227 NU683 NF672 NO47 OM968 PA507 PG675 PL48 PT351 QA974 SH290 SM378 ST239 SN221 SC248 SB677 SO252 ES34 SR597 SJ47 TJ992 TG228 TK690
        TL670 TO676 TN216 TV688 UZ998 VU678 VA39 WF681 WS685
        """;

    private const string NorthAmerican = "US CA AG AI AS BB BM BS DM DO GD GU JM KN KY LC MP MS PR SX TC TT VC VG VI";

    // country, code, trunk (- none), international prefix, national length (0 varies)
    private const string Others = """
        AU 61 0 0011 0;CX 61 0 0011 0;CC 61 0 0011 0;BY 375 80 810 9;CU 53 0 119 0;GY 592 - 001 0;HK 852 - 001 0;HU 36 06 00 0;ID 62 0 001 0;
        JP 81 0 010 0;KE 254 0 000 0;KH 855 0 001 0;KR 82 0 001 0;KZ 7 8 810 10;RU 7 8 810 10;LT 370 0 00 8;MH 692 - 011 0;MN 976 0 001 0;
        MX 52 - 00 10;NG 234 0 009 0;PW 680 - 011 0;SG 65 - 000 0;TH 66 0 001 0;TM 993 8 810 8;TW 886 0 002 0;TZ 255 0 000 0;UG 256 0 000 0
        """;

    // Codes that belong to no country: freephone, satellites, networks.
    private const string Global = "800 808 870 878 881 882 883 888 979";

    private static readonly FrozenDictionary<string, CallingCode> ByCountry = Read().ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Known = ByCountry.Values.Select(c => c.Code).Concat(Global.Split(' ')).ToFrozenSet();

    private static readonly FrozenDictionary<string, CallingCode> ByCode =
        ByCountry.Values.GroupBy(c => c.Code).Where(g => g.Distinct().Count() == 1).ToFrozenDictionary(g => g.Key, g => g.First());

    /// <summary>How the country with this ISO 3166 alpha-2 code dials.</summary>
    public static bool TryGet(string? country, out CallingCode code)
    {
        code = default;
        return country is not null && ByCountry.TryGetValue(country, out code);
    }

    /// <summary>The calling code that the digits of an international number begin with, or null; no code is the beginning of another.</summary>
    public static string? Of(string digits)
    {
        for (var length = 1; length <= 3 && length <= digits.Length; length++)
        {
            if (Known.Contains(digits[..length])) return digits[..length];
        }

        return null;
    }

    /// <summary>The national prefix of all countries that share the calling code; empty where there is none or they differ.</summary>
    public static string TrunkOf(string code) => ByCode.TryGetValue(code, out var found) ? found.Trunk : "";

    private static Dictionary<string, CallingCode> Read()
    {
        var codes = new Dictionary<string, CallingCode>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in Words(TrunkZero)) codes.Add(entry[..2], new(entry[2..], "0", "00", 0));
        foreach (var entry in Words(NoTrunk)) codes.Add(entry[..2], new(entry[2..], "", "00", 0));
        foreach (var country in Words(NorthAmerican)) codes.Add(country, new("1", "1", "011", 10));
        foreach (var entry in Others.Split(';'))
        {
            var parts = Words(entry);
            codes.Add(parts[0], new(parts[1], parts[2] is "-" ? "" : parts[2], parts[3], int.Parse(parts[4], CultureInfo.InvariantCulture)));
        }

        return codes;
    }

    private static string[] Words(string text) => text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries);
}

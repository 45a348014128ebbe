using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrmWeb.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class AddInteractionIdsAndEndedWaits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ExternalId",
                table: "Interactions",
                type: "character varying(120)",
                maxLength: 120,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "EndedWaitMinutes",
                table: "Cases",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "EndedWaitSince",
                table: "Cases",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_TenantId_ExternalId",
                table: "Interactions",
                columns: new[] { "TenantId", "ExternalId" },
                unique: true,
                filter: "\"ExternalId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Interactions_TenantId_ExternalId",
                table: "Interactions");

            migrationBuilder.DropColumn(
                name: "ExternalId",
                table: "Interactions");

            migrationBuilder.DropColumn(
                name: "EndedWaitMinutes",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "EndedWaitSince",
                table: "Cases");
        }
    }
}
